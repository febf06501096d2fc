using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Operations;

internal static class OperationMapping
{
    public static OperationView ToView(this Operation operation, DateTimeOffset now)
    {
        var id = PublicId.Format(Operation.Prefix, operation.Id);
        var path = $"/v1/operations/{id}";
        return new OperationView(
            $"operations/{id}",
            operation.Kind,
            operation.Target,
            operation.State.ToString().ToUpperInvariant(),
            operation.Done,
            operation.CreatedAt,
            operation.StartedAt,
            operation.EndedAt,
            Progress(operation, now),
            operation.Response,
            operation.Metadata,
            operation.Error,
            new OperationLinks(path, $"{path}/events", $"{path}:cancel"));
    }

    private static OperationProgress Progress(Operation operation, DateTimeOffset now)
    {
        var share = operation.Total is > 0 ? Math.Clamp((double)operation.Completed / operation.Total.Value, 0, 1) : (double?)null;
        var elapsed = operation is { Done: false, StartedAt: { } start } ? (now - start).TotalSeconds : (double?)null;
        return new OperationProgress(
            operation.Stage,
            operation.Completed,
            operation.Total,
            operation.Unit,
            share is { } known ? Math.Round(known * 100, 1) : null,
            share is > 0.02 and < 1 && elapsed is > 0 ? Math.Round(elapsed.Value * (1 - share.Value) / share.Value, 1) : null);
    }
}
