using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues.CardPage;

/// <summary>The public page behind a signed link, which opens the card of this one version.</summary>
internal static class ShowLifetimeCard
{
    public static readonly PageKind Page = new("v", "lifetimeValue");

    internal static Task<PageResult> HandleAsync(string token, SignedPages pages, CancellationToken cancellationToken) =>
        pages.ShowAsync(Page, token, (db, id) => RenderAsync(db, id, cancellationToken));

    private static async Task<Markup?> RenderAsync(NoahDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Set<LifetimeValueVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellationToken) is { } version
        && await db.Set<LifetimeValue>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == version.LifetimeValueId, cancellationToken) is { } value
            ? LifetimeReport.Render(value, version)
            : null;
}
