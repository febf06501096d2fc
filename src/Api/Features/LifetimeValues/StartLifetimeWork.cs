using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Queues training, which values all members at its end, or the valuing alone.</summary>
internal static class StartLifetimeWork
{
    internal sealed record Request;

    internal static Task<Results<Accepted<OperationView>, ProblemHttpResult>> TrainAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        StartAsync(RunLifetimeTraining.OperationKind, id, db, operations, cancellationToken);

    internal static Task<Results<Accepted<OperationView>, ProblemHttpResult>> ScoreAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        StartAsync(RunLifetimeScoring.OperationKind, id, db, operations, cancellationToken);

    private static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> StartAsync(
        string kind, string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is { } value
            ? await operations.StartAsync(kind, value.ResourceName, new Request(), cancellationToken)
            : Problems.NotFound($"lifetimeValues/{id}");
}
