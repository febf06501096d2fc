using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

internal static class ListAnalyses
{
    internal sealed record Item(string Name, int Number, DateTimeOffset CreateTime, string InputsDigest, IReadOnlyList<string> Verdict, PageLinks Links);

    internal static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        string id, [AsParameters] PageQuery page, NoahDbContext db, TenantLinks links, CancellationToken cancellationToken)
    {
        if (await GetExperiment.FindAsync(db, id, cancellationToken) is not { } experiment)
        {
            return Problems.NotFound($"experiments/{id}");
        }

        var after = PublicId.TryParse(Analysis.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Analysis>().AsNoTracking().Where(a => a.ExperimentId == experiment.Id && a.Id > after)
            .OrderBy(a => a.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<Item>(
            [.. shown.Select(a => new Item(a.ResourceName(), a.Number, a.CreatedAt, a.Digest(), a.ReadReport().Verdict, links.For(ShowReport.Page, a.Id)))],
            rows.Count > page.Size ? PublicId.Format(Analysis.Prefix, shown[^1].Id) : ""));
    }
}
