using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Metrics;

internal static class GetMetric
{
    internal static async Task<Results<Ok<MetricView>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Metric.Prefix, id, out var metricId)
        && await db.Set<Metric>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == metricId, cancellationToken) is { } metric
            ? TypedResults.Ok(MetricView.Of(metric))
            : Problems.NotFound($"metrics/{id}");
}
