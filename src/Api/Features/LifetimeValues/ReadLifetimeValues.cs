using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.LifetimeValues.CardPage;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

internal static class ReadLifetimeValues
{
    internal static async Task<Results<Ok<LifetimeValueView>, PageResult, ProblemHttpResult>> GetAsync(
        string id, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, cancellationToken) is not { } value)
        {
            return Problems.NotFound($"lifetimeValues/{id}");
        }

        var version = await VersionAsync(db, value, cancellationToken);
        http.Response.Headers.Vary = "Accept";
        if (version is not null && PageResult.IsPreferredBy(http.Request))
        {
            return PageResult.Of(LifetimeReport.Render(value, version));
        }

        EntityTags.Write(http, value.Version);
        return TypedResults.Ok(LifetimeValueView.Of(value, version, version is null ? null : links.For(ShowLifetimeCard.Page, version.Id)));
    }

    internal static async Task<Ok<Page<LifetimeValueView>>> ListAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = LifetimeValue.Kind.After(page.PageToken);
        var rows = await db.Set<LifetimeValue>().AsNoTracking().Where(l => l.Id > after).OrderBy(l => l.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<LifetimeValueView>(
            [.. shown.Select(value => LifetimeValueView.Of(value))], rows.Count > page.Size ? PublicId.Format(LifetimeValue.Kind.Prefix, shown[^1].Id) : ""));
    }

    internal static async Task<LifetimeValue?> FindAsync(NoahDbContext db, string id, CancellationToken cancellationToken) =>
        LifetimeValue.Kind.TryParse(id, out var valueId)
            ? await db.Set<LifetimeValue>().SingleOrDefaultAsync(l => l.Id == valueId, cancellationToken)
            : null;

    internal static Task<LifetimeValueVersion?> VersionAsync(NoahDbContext db, LifetimeValue value, CancellationToken cancellationToken) =>
        db.Set<LifetimeValueVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == value.VersionId, cancellationToken);
}
