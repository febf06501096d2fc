using HandlebarsDotNet;
using Noah.Api.Features.Content.Contracts;

namespace Noah.Api.Features.Sending;

/// <summary>The compiled wording of a variant. Attribute values are escaped in HTML and stand as they are in subject and text.</summary>
internal sealed class MailTemplate
{
    private static readonly IHandlebars Escaping = Handlebars.Create();
    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    private readonly HandlebarsTemplate<object, object> _subject;
    private readonly HandlebarsTemplate<object, object> _html;
    private readonly HandlebarsTemplate<object, object> _text;

    /// <exception cref="HandlebarsException">A part is not a template.</exception>
    public MailTemplate(VariantTemplate variant)
    {
        _subject = Plain.Compile(variant.Subject);
        _html = Escaping.Compile(variant.Html);
        _text = Plain.Compile(variant.Text);
    }

    /// <exception cref="HandlebarsException">A helper failed on these values.</exception>
    public RenderedMail Render(IReadOnlyDictionary<string, object?> attributes, string unsubscribeUrl)
    {
        var values = new Dictionary<string, object?>(attributes) { ["unsubscribeUrl"] = unsubscribeUrl };
        return new RenderedMail(
            OneLine(_subject(values)),
            WithHtmlFooter(_html(values), unsubscribeUrl),
            WithTextFooter(_text(values), unsubscribeUrl));
    }

    // A line break from an attribute would start a header of the sender's name.
    private static string OneLine(string subject) => string.Concat(subject.Select(character => char.IsControl(character) ? ' ' : character)).Trim();

    // Decided on what came out: a template may name the link in a branch that was not taken.
    private static string WithHtmlFooter(string html, string unsubscribeUrl)
    {
        if (html.Contains(unsubscribeUrl, StringComparison.Ordinal))
        {
            return html;
        }

        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return html.Insert(
            end < 0 ? html.Length : end,
            $"""<p style="margin-top:2em;font-size:small;color:#555"><a href="{unsubscribeUrl}">Unsubscribe</a></p>""");
    }

    private static string WithTextFooter(string text, string unsubscribeUrl) =>
        text.Contains(unsubscribeUrl, StringComparison.Ordinal) ? text : $"{text.TrimEnd()}\n\nUnsubscribe: {unsubscribeUrl}\n";
}

/// <summary>Subject and both bodies of one mail.</summary>
internal sealed record RenderedMail(string Subject, string Html, string Text);
