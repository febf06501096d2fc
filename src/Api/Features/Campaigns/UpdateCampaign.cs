using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Campaigns;

/// <summary>Changes a campaign. A change sends it back to DRAFT; once it is live only its end may move, and afterwards nothing.</summary>
internal static class UpdateCampaign
{
    /// <summary>A merge patch: what is left out stays as it is. Every field is needed, so none can be removed.</summary>
    internal sealed record Request(
        string? DisplayName = null,
        string? Topic = null,
        string? Audience = null,
        string? Action = null,
        Money? CostPerSend = null,
        CampaignSender? Sender = null,
        DateTimeOffset? StartsAt = null,
        DateTimeOffset? EndsAt = null,
        double? ExpectedClickRate = null)
    {
        public bool MovesEndOnly => this == new Request(EndsAt: EndsAt);
    }

    internal static async Task<Results<Ok<CampaignView>, ProblemHttpResult>> HandleAsync(
        string id,
        Request request,
        CampaignStore store,
        IAudienceMembers audiences,
        ITenantSettings tenant,
        HttpContext http,
        CancellationToken cancellationToken)
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
        var open = state is CampaignState.Draft or CampaignState.Ready;
        if (!open && !(state is CampaignState.Running or CampaignState.Paused && request.MovesEndOnly))
        {
            return CampaignTransitions.Refuse(campaign, state, "patch");
        }

        var check = new RequestCheck()
            .Text("/displayName", request.DisplayName ?? campaign.Name)
            .Text("/topic", request.Topic ?? campaign.Topic, 64)
            .Text("/action", request.Action ?? campaign.Action, 64)
            .ClickRate(request.ExpectedClickRate, campaign.Channel == CampaignChannel.Email)
            .Window(request.StartsAt ?? campaign.StartsAt, request.EndsAt ?? campaign.EndsAt)
            .Require(open || request.EndsAt is null || request.EndsAt > store.Now, "/endsAt", "outOfRange", "/endsAt of a live campaign must lie ahead.");
        var audienceId = campaign.AudienceId;
        if (request.Audience is not null)
        {
            check.Reference("/audience", request.Audience, CampaignNames.Audiences, out audienceId);
            await check.AudienceAsync("/audience", audienceId, audiences, cancellationToken);
        }

        if (request.CostPerSend is { } cost)
        {
            check.Money("/costPerSend", cost, (await tenant.GetAsync(cancellationToken)).Currency);
        }

        if (request.Sender is { } sender)
        {
            check.Sender(sender);
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        Apply(campaign, request, audienceId);
        campaign.State = open ? CampaignState.Draft : campaign.State;
        return TypedResults.Ok(await store.SaveAsync(campaign, http, cancellationToken));
    }

    private static void Apply(Campaign campaign, Request request, Guid audienceId)
    {
        campaign.Name = request.DisplayName ?? campaign.Name;
        campaign.Topic = request.Topic ?? campaign.Topic;
        campaign.AudienceId = audienceId;
        campaign.Action = request.Action ?? campaign.Action;
        campaign.CostPerSend = request.CostPerSend?.Amount ?? campaign.CostPerSend;
        campaign.ExpectedClickRate = request.ExpectedClickRate ?? campaign.ExpectedClickRate;
        campaign.SenderAddress = request.Sender?.Address ?? campaign.SenderAddress;
        campaign.SenderName = request.Sender?.Name ?? campaign.SenderName;
        campaign.StartsAt = (request.StartsAt ?? campaign.StartsAt).ToUniversalTime();
        campaign.EndsAt = (request.EndsAt ?? campaign.EndsAt).ToUniversalTime();
    }
}
