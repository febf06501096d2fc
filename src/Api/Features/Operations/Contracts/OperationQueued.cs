namespace Noah.Api.Features.Operations.Contracts;

/// <summary>Wakes the workers: an operation waits. Losing it costs a second, as workers also look by themselves.</summary>
internal sealed record OperationQueued(Guid OperationId);
