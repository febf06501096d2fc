using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

internal static class GetExperiment
{
    internal static async Task<Results<Ok<ExperimentView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, cancellationToken) is not { } experiment)
        {
            return Problems.NotFound($"experiments/{id}");
        }

        EntityTags.Write(http, experiment.Version);
        return TypedResults.Ok(ExperimentView.Of(experiment, clock.GetUtcNow()));
    }

    internal static async Task<Experiment?> FindAsync(NoahDbContext db, string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(Experiment.Prefix, id, out var experimentId)
            ? await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == experimentId, cancellationToken)
            : null;
}
