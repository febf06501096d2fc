using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

internal sealed class LifetimeValueReader(NoahDbContext db) : ILifetimeValues
{
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<int>>> ReadHorizonsAsync(CancellationToken cancellationToken) =>
        (await db.Set<LifetimeValue>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(
            value => value.Id, value => value.VersionId is null ? [] : value.ReadSpecification().HorizonDays);
}
