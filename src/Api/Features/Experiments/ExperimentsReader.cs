using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

internal sealed class ExperimentsReader(NoahDbContext db) : IExperiments
{
    public async Task<ExperimentTerms?> FindAsync(Guid experimentId, CancellationToken cancellationToken) =>
        await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == experimentId, cancellationToken) is { } experiment
            ? new ExperimentTerms(
                experiment.Id,
                experiment.ResourceName(),
                experiment.Name,
                [.. experiment.ReadArms().Select(arm => (arm.Name, arm.Weight))],
                [.. experiment.ReadMetrics().Select(metric => (metric.Name, metric.Distribution))],
                experiment.StartedAt,
                experiment.EndedAt)
            : null;
}
