using HandlebarsDotNet;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Features.Sending;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>What a member's attributes can and can't do to a mail.</summary>
public sealed class MailTemplateTests
{
    private const string Url = "https://noah.invalid/u/abc-_123";

    [Fact]
    public void Render_EscapesInHtmlAlone()
    {
        var mail = Render("For {{name}}", "<p>{{name}}</p>", "{{name}}", "A & <b>");
        Assert.Equal("For A & <b>", mail.Subject);
        Assert.StartsWith("<p>A &amp; &lt;b&gt;</p>", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("A & <b>", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Subject_WithALineBreakFromAnAttribute_StaysOneHeader() =>
        Assert.Equal("For Ada  Bcc: all@example.invalid", Render("For {{name}}", "", "", "Ada\r\nBcc: all@example.invalid").Subject);

    [Fact]
    public void Link_IsPutWhereTheTemplateNamesIt_AndAppendedWhereItDoesNot()
    {
        var own = Render("s", "<a href=\"{{unsubscribeUrl}}\">bye</a>", "bye {{unsubscribeUrl}}", "Ada");
        Assert.Equal(($"<a href=\"{Url}\">bye</a>", $"bye {Url}"), (own.Html, own.Text));
        var footer = Render("s", "<body>hello</body>", "{{#if absent}}{{unsubscribeUrl}}{{/if}}hello", "Ada");
        Assert.Matches($"^<body>hello<p [^>]*><a href=\"{Url}\">Unsubscribe</a></p></body>$", footer.Html);
        Assert.Equal($"hello\n\nUnsubscribe: {Url}\n", footer.Text);
    }

    [Fact]
    public void Attribute_NamedLikeTheLink_DoesNotReplaceIt()
    {
        var template = new MailTemplate(new VariantTemplate(Guid.Empty, Guid.Empty, "a", "s", "{{unsubscribeUrl}}", "{{unsubscribeUrl}}"));
        Assert.Equal(Url, template.Render(new Dictionary<string, object?> { ["unsubscribeUrl"] = "https://elsewhere.invalid" }, Url).Html);
    }

    [Fact]
    public void Template_ThatIsNone_Throws() => Assert.ThrowsAny<HandlebarsException>(() => Render("{{#if}", "", "{{/each}}", ""));

    private static RenderedMail Render(string subject, string html, string text, string name) =>
        new MailTemplate(new VariantTemplate(Guid.Empty, Guid.Empty, "a", subject, html, text))
            .Render(new Dictionary<string, object?> { ["name"] = name }, Url);
}
