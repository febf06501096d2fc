using System.Text.Json;

namespace Noah.Api.Features.Operations.Contracts;

/// <summary>An operation as the API shows it. <c>Done</c> holds exactly in a terminal state; then there is a response or an error.</summary>
internal sealed record OperationView(
    string Name,
    string Kind,
    string Target,
    string State,
    bool Done,
    DateTimeOffset CreateTime,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    OperationProgress Progress,
    string? Response,
    JsonDocument? Metadata,
    JsonDocument? Error,
    OperationLinks Links);

/// <summary>How far the present stage is. Percent and the estimate are missing while the total is unknown.</summary>
internal sealed record OperationProgress(string? Stage, long Completed, long? Total, string? Unit, double? Percent, double? EtaSeconds);

internal sealed record OperationLinks(string Self, string Events, string Cancel);
