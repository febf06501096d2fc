using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Metrics;

internal sealed class MetricReader(NoahDbContext db) : IMetrics
{
    public async Task<IReadOnlyDictionary<Guid, NamedMetric>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.ToArray();
        return await db.Set<Metric>().AsNoTracking().Where(m => asked.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => new NamedMetric(m.ResourceName(), m.Name, m.Definition()), cancellationToken);
    }
}
