using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Messaging;

namespace Noah.Api.Features.Campaigns;

/// <summary>Makes a READY campaign live: its planned sends are released when they are due.</summary>
internal static class LaunchCampaign
{
    internal static async Task<Results<Ok<CampaignView>, ProblemHttpResult>> HandleAsync(
        string id, CampaignStore store, Outbox outbox, IAuditLog audit, HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        if (EntityTags.Refuse(http, campaign.Version) is { } refusal)
        {
            return refusal;
        }

        var state = campaign.StateAt(store.Now);
        if (CampaignTransitions.Next(state, "launch") is not { } next)
        {
            return CampaignTransitions.Refuse(campaign, state, "launch");
        }

        if (state != next)
        {
            campaign.State = next;
            campaign.LaunchedAt = store.Now;
            outbox.Add(new CampaignLaunched(campaign.Id));
            audit.Add("campaigns.launch", CampaignNames.Of(campaign.Id));
        }

        return TypedResults.Ok(await store.SaveAsync(campaign, http, cancellationToken));
    }
}
