using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

internal static class ListExperiments
{
    internal static async Task<Ok<Page<ExperimentView>>> HandleAsync(
        [AsParameters] PageQuery page, NoahDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Experiment.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Experiment>().AsNoTracking().Where(e => e.Id > after).OrderBy(e => e.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new Page<ExperimentView>(
            [.. shown.Select(e => ExperimentView.Of(e, now))], rows.Count > page.Size ? PublicId.Format(Experiment.Prefix, shown[^1].Id) : ""));
    }
}
