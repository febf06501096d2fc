using System.Text.Json;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Operations.Contracts;

/// <summary>The JSON of requests, metadata and events of operations: that of the API.</summary>
internal static class OperationJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        HttpSetup.Configure(options);
        return options;
    }
}
