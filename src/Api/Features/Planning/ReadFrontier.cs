using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>What other budgets would come to. Computed when the run was solved, so reading it is instant.</summary>
internal static class ReadFrontier
{
    internal sealed record Response(string PlanningRun, FrontierView Frontier, IReadOnlyList<ConstraintView> Constraints);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        return PlanDocument.Of(run) is not { } plan ? PlanningTransitions.Refuse(run, "frontier")
            : plan.Frontier is not { } frontier ? Problems.Result(ProblemType.NotReady, "This plan was made before frontiers were computed: make another run.")
            : TypedResults.Ok(new Response(PlanningNames.Of(run.Id), frontier, plan.Constraints));
    }
}
