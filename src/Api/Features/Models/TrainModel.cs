using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Queues the training of a model; training it again replaces what it knew.</summary>
internal static class TrainModel
{
    internal sealed record Request;

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, Request? request, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        await GetModel.FindAsync(db, id, cancellationToken) is { } model
            ? await operations.StartAsync(RunTraining.OperationKind, model.ResourceName(), request ?? new Request(), cancellationToken)
            : Problems.NotFound($"models/{id}");
}
