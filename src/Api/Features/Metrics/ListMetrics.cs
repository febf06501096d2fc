using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Metrics;

internal static class ListMetrics
{
    internal static async Task<Ok<Page<MetricView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Metric.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Metric>().AsNoTracking().Where(m => m.Id > after).OrderBy(m => m.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<MetricView>(
            [.. shown.Select(MetricView.Of)], rows.Count > page.Size ? PublicId.Format(Metric.Prefix, shown[^1].Id) : ""));
    }
}
