using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Planning;

/// <summary>Which verbs a run's state allows.</summary>
internal static class PlanningTransitions
{
    public static ProblemHttpResult Refuse(PlanningRun run, string verb) => Problems.Transition(
        PlanningNames.Of(run.Id), run.State.ToString().ToUpperInvariant(), verb, run.State == PlanningRunState.Draft ? ["solve"] : ["apply", "evaluate", "whatIf", "compare"]);
}
