namespace Noah.Api.Features.Audiences;

/// <summary>How an audience grows beyond its segment.</summary>
/// <param name="Seeds">Whom the new members should be like.</param>
/// <param name="Count">How many to add at most.</param>
/// <param name="Model">The model whose member vectors measure likeness.</param>
/// <param name="Consent">The consent that a new member must have given; e-mail marketing by default.</param>
internal sealed record AudienceExpansionTerms(SeedTerms Seeds, int Count, string Model, ConsentTerms? Consent = null)
{
    public ConsentTerms RequiredConsent => Consent ?? new ConsentTerms();
}

/// <summary>Either the members with the greatest total amount of an event, or all members of a segment.</summary>
internal sealed record SeedTerms(string? Event = null, int? Top = null, string? Segment = null);

/// <summary>Channel and topic of a consent.</summary>
internal sealed record ConsentTerms(string Channel = "email", string Topic = "marketing");
