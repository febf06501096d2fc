using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>Starts the making of a plan. A solved run stays as it is; another plan is another run.</summary>
internal static class SolvePlanningRun
{
    public const string Kind = "planningRuns.solve";

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        return run.State == PlanningRunState.Draft
            ? await operations.StartAsync(Kind, PlanningNames.Of(run.Id), new { }, cancellationToken)
            : PlanningTransitions.Refuse(run, "solve");
    }
}
