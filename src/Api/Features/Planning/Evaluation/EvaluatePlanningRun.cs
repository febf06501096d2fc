using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>Starts the scoring of a solved plan on a randomised experiment.</summary>
internal static class EvaluatePlanningRun
{
    public const string Kind = "planningRuns.evaluate";

    /// <param name="Experiment">The experiment whose members, as far as the model did not learn from them, judge the plan.</param>
    internal sealed record Request(string Experiment);

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        if (run.State == PlanningRunState.Draft)
        {
            return PlanningTransitions.Refuse(run, "evaluate");
        }

        return new RequestCheck().Reference("/experiment", request.Experiment, PlanningNames.Experiments, out _).Failed(out var problem)
            ? problem
            : await operations.StartAsync(Kind, PlanningNames.Of(run.Id), request, cancellationToken);
    }
}
