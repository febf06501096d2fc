using HandlebarsDotNet;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Content;

internal sealed class ContentEditor(NoahDbContext db, TimeProvider clock) : IContentEditor
{
    public IReadOnlyList<TemplateFault> Check(VariantText variant)
    {
        (string Part, string Template)[] parts = [("subject", variant.Subject), ("html", variant.Html), ("text", variant.Text)];
        return [.. parts.Select(part => Compile(part.Part, part.Template)).OfType<TemplateFault>()];
    }

    public void Add(Guid campaignId, IReadOnlyList<VariantText> variants) => db.AddRange(variants.Select(variant => new ContentVariant
    {
        CampaignId = campaignId,
        Name = variant.DisplayName,
        Subject = variant.Subject,
        Html = variant.Html,
        Text = variant.Text,
        CreatedAt = clock.GetUtcNow(),
    }));

    // A private environment: templates of one tenant must not meet helpers or partials that another registered.
    private static TemplateFault? Compile(string part, string template)
    {
        try
        {
            Handlebars.Create().Compile(template);
            return null;
        }
        catch (HandlebarsException exception)
        {
            return new TemplateFault(part, exception.Message);
        }
    }
}
