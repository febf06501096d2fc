using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>Queues an analysis of everything that is known by now.</summary>
internal static class AnalyzeExperiment
{
    internal sealed record Request;

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, Request? request, NoahDbContext db, IOperations operations, TimeProvider clock, CancellationToken cancellationToken) =>
        await GetExperiment.FindAsync(db, id, cancellationToken) switch
        {
            null => Problems.NotFound($"experiments/{id}"),
            var experiment when experiment.StateAt(clock.GetUtcNow()) == ExperimentState.Draft =>
                Problems.Transition(experiment.ResourceName(), "DRAFT", "analyze"),
            var experiment => await operations.StartAsync(RunAnalysis.OperationKind, experiment.ResourceName(), request ?? new Request(), cancellationToken),
        };
}
