using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.ReportPage;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>The public page behind a signed link, which opens this one analysis.</summary>
internal static class ShowReport
{
    public static readonly PageKind Page = new("r", "report");

    internal static Task<PageResult> HandleAsync(string token, SignedPages pages, CancellationToken cancellationToken) =>
        pages.ShowAsync(Page, token, (db, id) => RenderAsync(db, id, cancellationToken));

    private static async Task<Markup?> RenderAsync(NoahDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var analysis = await db.Set<Analysis>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        return analysis is not null
            && await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == analysis.ExperimentId, cancellationToken) is { } experiment
                ? Report.Render(experiment, analysis)
                : null;
    }
}
