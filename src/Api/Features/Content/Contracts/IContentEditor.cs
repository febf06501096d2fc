namespace Noah.Api.Features.Content.Contracts;

/// <summary>Takes in the wordings of a campaign.</summary>
internal interface IContentEditor
{
    /// <summary>The parts of a wording that are no Handlebars templates. Empty when all of them compile.</summary>
    IReadOnlyList<TemplateFault> Check(VariantText variant);

    /// <summary>Adds the wordings to the caller's unit of work.</summary>
    void Add(Guid campaignId, IReadOnlyList<VariantText> variants);
}

/// <summary>A wording: Handlebars templates over a member's attributes.</summary>
internal sealed record VariantText(string DisplayName, string Subject, string Html, string Text);

/// <summary>The part (<c>subject</c>, <c>html</c> or <c>text</c>) that does not compile, and what the compiler said.</summary>
internal sealed record TemplateFault(string Part, string Message);
