using Noah.Api.Features.Content.Contracts;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Campaigns;

/// <summary>From header of the mails.</summary>
internal sealed record CampaignSender(string Address, string Name);

/// <summary>A wording as the API shows it.</summary>
internal sealed record VariantView(string Name, string DisplayName, string Subject, string Html, string Text);

/// <summary>A campaign as the API shows it.</summary>
internal sealed record CampaignView(
    string Name,
    string DisplayName,
    string Channel,
    string State,
    string Topic,
    string Product,
    string Audience,
    string Action,
    Money CostPerSend,
    CampaignSender? Sender,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<VariantView> Variants,
    DateTimeOffset CreateTime,
    DateTimeOffset? LaunchTime,
    double? ExpectedClickRate = null)
{
    public static CampaignView Of(Campaign campaign, IEnumerable<VariantTemplate> variants, string currency, DateTimeOffset now) => new(
        CampaignNames.Of(campaign.Id),
        campaign.Name,
        campaign.ChannelName,
        campaign.StateAt(now).ToString().ToUpperInvariant(),
        campaign.Topic,
        CampaignNames.Products.Name(campaign.ProductId),
        CampaignNames.Audiences.Name(campaign.AudienceId),
        campaign.Action,
        new Money(campaign.CostPerSend, currency),
        campaign.SenderAddress is { } address ? new CampaignSender(address, campaign.SenderName ?? "") : null,
        campaign.StartsAt,
        campaign.EndsAt,
        [.. variants.Select(v => new VariantView(CampaignNames.Variants.Name(v.VariantId), v.Name, v.Subject, v.Html, v.Text))],
        campaign.CreatedAt,
        campaign.LaunchedAt,
        campaign.ExpectedClickRate);
}
