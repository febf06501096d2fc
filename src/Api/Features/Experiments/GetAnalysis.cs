using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.ReportPage;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>One analysis, as JSON or, where the client prefers <c>text/html</c>, as its page.</summary>
internal static class GetAnalysis
{
    internal static async Task<Results<Ok<AnalysisView>, PageResult, ProblemHttpResult>> HandleAsync(
        string id, string analysisId, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetExperiment.FindAsync(db, id, cancellationToken) is not { } experiment
            || !PublicId.TryParse(Analysis.Prefix, analysisId, out var guid)
            || await db.Set<Analysis>().AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == guid && a.ExperimentId == experiment.Id, cancellationToken) is not { } analysis)
        {
            return Problems.NotFound($"experiments/{id}/analyses/{analysisId}");
        }

        http.Response.Headers.Vary = "Accept";
        return PageResult.IsPreferredBy(http.Request)
            ? PageResult.Of(Report.Render(experiment, analysis))
            : TypedResults.Ok(AnalysisView.Of(analysis, experiment, links.For(ShowReport.Page, analysis.Id)));
    }
}
