namespace Noah.Api.Features.Planning.Stages;

/// <summary>A campaign as a run froze it.</summary>
/// <param name="CampaignId">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Line">Business line of its product.</param>
/// <param name="Action">The experiment arm whose effect it repeats.</param>
/// <param name="CostPerSend">In the tenant's currency.</param>
/// <param name="MarginRate">Contribution margin as a share of spend.</param>
/// <param name="StartsAt">First instant of sending.</param>
/// <param name="EndsAt">Instant after which nothing is sent.</param>
internal sealed record PlanCampaign(
    Guid CampaignId, string Name, string Line, string Action, decimal CostPerSend, double MarginRate, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
