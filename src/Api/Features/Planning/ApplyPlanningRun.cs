using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>Writes a plan's mails to the ledger. What it decides for a paid channel stays a list, read by ?channel=ads. Doing it again changes nothing.</summary>
internal static class ApplyPlanningRun
{
    /// <param name="Run">The run, APPLIED.</param>
    /// <param name="PlannedSends">Sends that are new in the ledger.</param>
    /// <param name="Expired">Sends whose time had passed before the plan was applied: they are left out.</param>
    /// <param name="Targeted">Members for whom the plan buys advertisements: no mail is written for them.</param>
    internal sealed record Response(PlanningRunView Run, int PlannedSends, int Expired, int Targeted = 0);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, ISendLedger ledger, ICampaigns campaigns, IAuditLog audit, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        if (run.State == PlanningRunState.Draft)
        {
            return PlanningTransitions.Refuse(run, "apply");
        }

        if (run.State == PlanningRunState.Applied)
        {
            return TypedResults.Ok(new Response(PlanningRunView.Of(run), 0, 0));
        }

        var specification = PlanningRunView.SpecificationOf(run);
        var found = await campaigns.ReadAsync(PlanningTerms.Of(specification).CampaignIds, cancellationToken);
        if (EndedCampaigns.Complaint(found) is { } complaint)
        {
            return Problems.Result(ProblemType.NotReady, complaint);
        }

        var ends = found.ToDictionary(c => c.CampaignId, c => c.EndsAt);
        var rows = await db.Set<Allocation>().AsNoTracking().Where(a => a.RunId == run.Id && a.SendAt != null).OrderBy(a => a.MemberId).ToListAsync(cancellationToken);
        Guid?[] paid = [.. found.Where(c => c.Paid).Select(c => (Guid?)c.CampaignId)];
        var targeted = await db.Set<Allocation>().CountAsync(a => a.RunId == run.Id && paid.Contains(a.CampaignId), cancellationToken);
        var now = clock.GetUtcNow();
        PlannedSend[] sends = [.. rows.Where(a => a.SendAt >= now).Select(a => new PlannedSend(
            run.Id, a.CampaignId!.Value, a.MemberId, a.VariantId!.Value, a.SendAt!.Value, ends[a.CampaignId.Value], a.Propensity, specification.WeeklyCap))];
        var planned = await ledger.PlanAsync(sends, cancellationToken);
        run.State = PlanningRunState.Applied;
        run.AppliedAt = now;
        audit.Add("planningRuns.apply", PlanningNames.Of(run.Id), new { planned, expired = rows.Count - sends.Length, targeted });
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, run.Version);
        return TypedResults.Ok(new Response(PlanningRunView.Of(run), planned, rows.Count - sends.Length, targeted));
    }
}
