namespace Noah.Api.Features.Campaigns.Contracts;

/// <summary>Reads campaigns for planning and sending.</summary>
internal interface ICampaigns
{
    /// <summary>The campaigns that exist among the ids, in the order of their ids.</summary>
    Task<IReadOnlyList<CampaignTerms>> ReadAsync(IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken);
}

/// <param name="CampaignId">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Paid">True on a paid channel (ads); false on an owned one (e-mail).</param>
/// <param name="Channel"><c>email</c> or <c>ads</c>: also the consent channel.</param>
/// <param name="State">Its state, such as READY or RUNNING.</param>
/// <param name="Topic">Consent topic.</param>
/// <param name="ProductId">What it sells.</param>
/// <param name="AudienceId">Whom it may address.</param>
/// <param name="Action">The experiment arm whose effect it repeats.</param>
/// <param name="CostPerSend">In the tenant's currency; on a paid channel, of one click.</param>
/// <param name="StartsAt">First instant of sending.</param>
/// <param name="EndsAt">Instant after which nothing is sent.</param>
/// <param name="SenderAddress">From address; null on a paid channel.</param>
/// <param name="SenderName">From name.</param>
/// <param name="ExpectedClickRate">On a paid channel: clicks expected per member addressed; null when nobody said.</param>
internal sealed record CampaignTerms(
    Guid CampaignId,
    string Name,
    bool Paid,
    string Channel,
    string State,
    string Topic,
    Guid ProductId,
    Guid AudienceId,
    string Action,
    decimal CostPerSend,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? SenderAddress,
    string? SenderName,
    double? ExpectedClickRate = null);
