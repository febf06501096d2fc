using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Queues the training of a model; training it again makes another version, which nothing uses until it is promoted.</summary>
internal static class TrainModel
{
    internal sealed record Request;

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        await GetModel.FindAsync(db, id, cancellationToken) is { } model
            ? await operations.StartAsync(RunTraining.OperationKind, model.ResourceName(), new Request(), cancellationToken)
            : Problems.NotFound($"models/{id}");
}
