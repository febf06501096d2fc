using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>One line of the trainer's output: how far a stage is, or, as the last, why it gives up.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Completed">Steps done.</param>
/// <param name="Total">Of so many; null while unknown.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Fault">Why it gives up; for the log, not for tenants.</param>
/// <param name="OutOfMemory">It gives up because its limit of memory is reached.</param>
internal sealed record TrainerMessage(string Stage, long Completed = 0, long? Total = null, string Unit = "epochs", string? Fault = null, bool OutOfMemory = false)
{
    public string ToLine() => JsonSerializer.Serialize(this, OperationJson.Options);

    /// <summary>Null for a line that is no message: native libraries write where they like.</summary>
    public static TrainerMessage? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<TrainerMessage>(line, OperationJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
