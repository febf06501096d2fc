using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Queues a refresh: the version in use goes on with members whose outcomes it has not seen, and becomes another version.</summary>
internal static class RefreshModel
{
    internal sealed record Request;

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        if (model.ActiveVersionId is null)
        {
            return Problems.Transition(model.ResourceName(), model.State.ToString().ToUpperInvariant(), "refresh", "train");
        }

        return model.ReadSpecification().Responses.Count > 0
            ? await operations.StartAsync(RunRefresh.OperationKind, model.ResourceName(), new Request(), cancellationToken)
            : Problems.Result(ProblemType.NotReady, $"{model.ResourceName()} has no responses; amounts are learnt by :train alone.");
    }
}
