using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.LifetimeValues.CardPage;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Versions of a lifetime value: the one that customers are valued by, those in the shadow, those that were used before.</summary>
internal static class ReadLifetimeVersions
{
    internal static async Task<Results<Ok<LifetimeVersionView>, PageResult, ProblemHttpResult>> GetAsync(
        string id, int number, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is not { } value || await FindAsync(db, value, number, cancellationToken) is not { } version)
        {
            return Problems.NotFound($"lifetimeValues/{id}/versions/{number}");
        }

        http.Response.Headers.Vary = "Accept";
        return PageResult.IsPreferredBy(http.Request)
            ? PageResult.Of(LifetimeReport.Render(value, version))
            : TypedResults.Ok(LifetimeVersionView.Of(value, version, links.For(ShowLifetimeCard.Page, version.Id)));
    }

    internal static async Task<Results<Ok<Page<LifetimeVersionView>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, NoahDbContext db, TenantLinks links, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is not { } value)
        {
            return Problems.NotFound($"lifetimeValues/{id}");
        }

        var after = int.TryParse(page.PageToken, out var token) ? token : 0;
        var rows = await db.Set<LifetimeValueVersion>().AsNoTracking().Where(v => v.LifetimeValueId == value.Id && v.Number > after)
            .OrderBy(v => v.Number).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<LifetimeVersionView>(
            [.. shown.Select(version => LifetimeVersionView.Of(value, version, links.For(ShowLifetimeCard.Page, version.Id)) with { Card = null })],
            rows.Count > page.Size ? $"{shown[^1].Number}" : ""));
    }

    public static Task<LifetimeValueVersion?> FindAsync(NoahDbContext db, LifetimeValue value, int number, CancellationToken cancellationToken) =>
        db.Set<LifetimeValueVersion>().SingleOrDefaultAsync(v => v.LifetimeValueId == value.Id && v.Number == number, cancellationToken);
}
