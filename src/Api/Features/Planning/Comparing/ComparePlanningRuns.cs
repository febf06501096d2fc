using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning.Comparing;

/// <summary>Starts the comparison of solved plans, the first against each other one. It changes nothing: the answer is in the operation.</summary>
internal static class ComparePlanningRuns
{
    public const string Kind = "planningRuns.compare";
    private const int Most = 10;

    /// <param name="PlanningRuns">2 to 10 solved runs; the first is what the others are compared with.</param>
    internal sealed record Request(string[] PlanningRuns);

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        var check = new RequestCheck().Between("/planningRuns", request.PlanningRuns.Length, 2, Most);
        var ids = new Guid[request.PlanningRuns.Length];
        for (var index = 0; index < ids.Length; index++)
        {
            check
                .Reference($"/planningRuns/{index}", request.PlanningRuns[index], PlanningNames.Runs, out ids[index])
                .Require(Array.IndexOf(ids, ids[index]) == index, $"/planningRuns/{index}", "duplicate", $"/planningRuns/{index} is named twice.");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        foreach (var id in ids)
        {
            if (await db.FindRunAsync(PublicId.Format(PlanningRun.Prefix, id), cancellationToken) is not { } run)
            {
                return Problems.NotFound(PlanningNames.Of(id));
            }

            if (run.State == PlanningRunState.Draft)
            {
                return PlanningTransitions.Refuse(run, "compare");
            }
        }

        string[] names = [.. ids.Select(PlanningNames.Of)];
        return await operations.StartAsync(Kind, names[0], new Request(names), cancellationToken);
    }
}
