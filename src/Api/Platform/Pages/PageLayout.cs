using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Platform.Pages;

/// <summary>The frame of every page: one stylesheet inside it, no script, nothing loaded.</summary>
internal static class PageLayout
{
    private static readonly string Style = ReadStyle();

    /// <summary>Base64 of the stylesheet's SHA-256, for the page's content security policy.</summary>
    public static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static Markup Page(string title, Markup body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <style>{new Markup(Style)}</style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """);

    public static Markup Notice(string title, string text) => Page(title, Html.Of($"""
        <main class="notice">
        <h1>{title}</h1>
        <p>{text}</p>
        </main>
        """));

    private static string ReadStyle()
    {
        using var stream = typeof(PageLayout).Assembly.GetManifestResourceStream("page.css")
            ?? throw new InvalidOperationException("The stylesheet of pages is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
