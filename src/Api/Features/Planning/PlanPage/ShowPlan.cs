using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>The public page behind a signed link, which opens this one run.</summary>
internal static class ShowPlan
{
    public static readonly PageKind Page = new("p", "plan");

    internal static Task<PageResult> HandleAsync(string token, SignedPages pages, CancellationToken cancellationToken) =>
        pages.ShowAsync(Page, token, async (db, id) =>
            await db.Set<PlanningRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } run ? PlanReport.Render(run) : null);
}
