using Noah.Api.Features.Campaigns.Contracts;

namespace Noah.Api.Features.Planning;

/// <summary>A plan can be neither made nor applied for a campaign that is over.</summary>
internal static class EndedCampaigns
{
    /// <summary>Names the first that is over; null when none is.</summary>
    public static string? Complaint(IEnumerable<CampaignTerms> campaigns) =>
        campaigns.FirstOrDefault(campaign => campaign.State is "CANCELLED" or "COMPLETED") is { } over
            ? $"{PlanningNames.Campaigns.Name(over.CampaignId)} is {over.State}: nothing can be sent for it."
            : null;
}
