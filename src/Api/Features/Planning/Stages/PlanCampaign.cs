using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>A campaign as a run froze it.</summary>
/// <param name="CampaignId">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Line">Business line of its product.</param>
/// <param name="Action">The experiment arm whose effect it repeats.</param>
/// <param name="CostPerSend">In the tenant's currency; on a paid channel, cost of a click.</param>
/// <param name="MarginRate">Contribution margin as a share of spend.</param>
/// <param name="StartsAt">First instant of sending.</param>
/// <param name="EndsAt">Instant after which nothing is sent.</param>
/// <param name="Channel"><c>email</c> or <c>ads</c>.</param>
/// <param name="ClickRate">Clicks expected per member addressed on a paid channel, where no model says it.</param>
internal sealed record PlanCampaign(
    Guid CampaignId,
    string Name,
    string Line,
    string Action,
    decimal CostPerSend,
    double MarginRate,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Channel = ConsentChannels.Email,
    double? ClickRate = null)
{
    /// <summary>Advertisements, paid by the click: no mail is written for them.</summary>
    public bool Paid => Channel == ConsentChannels.Ads;

    /// <summary>Of addressing a member, where nothing is predicted for it.</summary>
    public decimal ExpectedCost => Paid ? CostPerSend * (decimal)(ClickRate ?? 1) : CostPerSend;
}
