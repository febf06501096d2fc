using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>The public page behind a signed link, which opens the card of this one version.</summary>
internal static class ShowCard
{
    public static readonly PageKind Page = new("m", "model");

    internal static Task<PageResult> HandleAsync(string token, SignedPages pages, CancellationToken cancellationToken) =>
        pages.ShowAsync(Page, token, (db, id) => RenderAsync(db, id, cancellationToken));

    private static async Task<Markup?> RenderAsync(NoahDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellationToken);
        return version is not null
            && await db.Set<Model>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == version.ModelId, cancellationToken) is { } model
                ? CardReport.Render(model, version)
                : null;
    }
}
