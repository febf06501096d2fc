using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Planning.PlanPage;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

internal static class ReadPlanningRuns
{
    internal static async Task<Results<Ok<PlanningRunView>, PageResult, ProblemHttpResult>> GetAsync(
        string id, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        EntityTags.Write(http, run.Version);
        http.Response.Headers.Vary = "Accept";
        return PageResult.IsPreferredBy(http.Request)
            ? PageResult.Of(PlanReport.Render(run))
            : TypedResults.Ok(PlanningRunView.Of(run, links: links.For(ShowPlan.Page, run.Id)));
    }

    internal static async Task<Ok<Page<PlanningRunView>>> ListAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PlanningNames.Runs.After(page.PageToken);
        var rows = await db.Set<PlanningRun>().AsNoTracking().Where(r => r.Id > after).OrderBy(r => r.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<PlanningRunView>(
            [.. shown.Select(run => PlanningRunView.Of(run, whole: false))], rows.Count > page.Size ? PublicId.Format(PlanningRun.Prefix, shown[^1].Id) : ""));
    }

    public static async Task<PlanningRun?> FindRunAsync(this NoahDbContext db, string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(PlanningRun.Prefix, id, out var runId)
            ? await db.Set<PlanningRun>().SingleOrDefaultAsync(r => r.Id == runId, cancellationToken)
            : null;
}
