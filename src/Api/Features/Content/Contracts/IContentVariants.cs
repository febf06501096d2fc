namespace Noah.Api.Features.Content.Contracts;

/// <summary>Reads the wordings of campaigns.</summary>
internal interface IContentVariants
{
    /// <summary>The variants of the campaigns, in the order of their ids.</summary>
    Task<IReadOnlyList<VariantTemplate>> ReadAsync(IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken);
}

/// <summary>One wording: Handlebars templates over a member's attributes.</summary>
internal sealed record VariantTemplate(Guid VariantId, Guid CampaignId, string Name, string Subject, string Html, string Text);
