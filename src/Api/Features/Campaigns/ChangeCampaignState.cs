using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Messaging;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

/// <summary>Holds a live campaign, lets it go on, or ends it. Repeating a verb changes nothing.</summary>
internal sealed class ChangeCampaignState(NoahDbContext db, CampaignStore store, ISendLedger ledger, Outbox outbox, IAuditLog audit)
{
    internal static Task<Results<Ok<CampaignView>, ProblemHttpResult>> PauseAsync(
        string id, ChangeCampaignState change, HttpContext http, CancellationToken cancellationToken) => change.RunAsync(id, "pause", http, cancellationToken);

    internal static Task<Results<Ok<CampaignView>, ProblemHttpResult>> ResumeAsync(
        string id, ChangeCampaignState change, HttpContext http, CancellationToken cancellationToken) => change.RunAsync(id, "resume", http, cancellationToken);

    internal static Task<Results<Ok<CampaignView>, ProblemHttpResult>> CancelAsync(
        string id, ChangeCampaignState change, HttpContext http, CancellationToken cancellationToken) => change.RunAsync(id, "cancel", http, cancellationToken);

    private async Task<Results<Ok<CampaignView>, ProblemHttpResult>> RunAsync(
        string id, string verb, HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        var state = campaign.StateAt(store.Now);
        if (CampaignTransitions.Next(state, verb) is not { } next)
        {
            return CampaignTransitions.Refuse(campaign, state, verb);
        }

        // With an idempotency key the request runs in a transaction already; state and ledger must change together without one, too.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (state != next)
        {
            campaign.State = next;
            audit.Add($"campaigns.{verb}", CampaignNames.Of(campaign.Id));
            await FollowAsync(campaign, verb, cancellationToken);
        }

        var view = await store.SaveAsync(campaign, http, cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(view);
    }

    private async Task FollowAsync(Campaign campaign, string verb, CancellationToken cancellationToken)
    {
        if (verb == "resume")
        {
            // Sends may have come due while it was held.
            outbox.Add(new CampaignLaunched(campaign.Id));
        }
        else if (verb == "cancel")
        {
            await ledger.CancelAsync(campaign.Id, cancellationToken);
        }
    }
}
