using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Campaigns;

/// <summary>Names of campaigns and of what they refer to.</summary>
internal static class CampaignNames
{
    public static readonly ResourceKind Campaigns = new("campaigns", Campaign.Prefix);
    public static readonly ResourceKind Products = new("products", "prd");
    public static readonly ResourceKind Audiences = new("audiences", "adn");
    public static readonly ResourceKind Variants = new("variants", "var");

    public static string Of(Guid campaignId) => Campaigns.Name(campaignId);
}
