using System.Text.Json;

namespace Noah.Cli.Client;

/// <summary>One progress event: the stage, what is done of it and of how much (null while unknown), in which unit.</summary>
internal sealed record OperationProgress(string Stage, long Completed, long? Total, string Unit)
{
    public static OperationProgress Read(JsonElement data) => new(
        data.Text("stage"),
        data.GetProperty("completed").GetInt64(),
        data.TryGetProperty("total", out var total) && total.ValueKind == JsonValueKind.Number ? total.GetInt64() : null,
        data.Text("unit"));
}
