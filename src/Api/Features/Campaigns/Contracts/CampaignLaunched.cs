namespace Noah.Api.Features.Campaigns.Contracts;

/// <summary>A campaign went live: due sends may be released.</summary>
internal sealed record CampaignLaunched(Guid CampaignId);
