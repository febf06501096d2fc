using System.Text.Json;

namespace Noah.Api.Features.Operations.Contracts;

/// <summary>What a handler is given: the request, and a way to tell how far it is. Reports never join the handler's transactions.</summary>
internal abstract class OperationRun
{
    public abstract Guid OperationId { get; }

    /// <summary>Resource name that the operation works on, such as <c>imports/imp_…</c>.</summary>
    public abstract string Target { get; }

    public abstract JsonDocument Request { get; }

    /// <summary>Progress of a stage; written at most five times a second, the last of a stage always.</summary>
    public abstract Task ReportAsync(string stage, long completed, long? total, string unit, CancellationToken cancellationToken);

    public abstract Task LogAsync(string message, CancellationToken cancellationToken);

    /// <summary>The name that the target's identifier parses from: the part behind the last slash.</summary>
    public string TargetId => Target[(Target.LastIndexOf('/') + 1)..];

    public T ReadRequest<T>() => Request.Deserialize<T>(OperationJson.Options)!;
}
