using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Features.Sending;

/// <summary>The page behind an unsubscribe link: no script, no image, nothing from elsewhere, and a policy that says so.</summary>
internal sealed class UnsubscribePage : IResult
{
    private const string Style =
        """
        :root { color-scheme: light dark; --paper: #f6f4ef; --card: #fff; --ink: #1f2933; --soft: #5f6c7b; --deed: #1d5c56; }
        @media (prefers-color-scheme: dark) { :root { --paper: #12171c; --card: #1b2229; --ink: #e8ecf0; --soft: #9aa7b4; --deed: #3c9a8f; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink);
               font: 1.0625rem/1.6 system-ui, sans-serif; }
        main { width: 100%; max-width: 27rem; padding: 2.5rem; border-radius: 1rem; background: var(--card); box-shadow: 0 1px 3px #0001, 0 12px 32px #0001; }
        h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
        p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
        form { margin-top: 1.75rem; }
        button { width: 100%; padding: .8rem 1rem; border: 0; border-radius: .6rem; background: var(--deed); color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
        button:hover { filter: brightness(1.08); }
        button:focus-visible { outline: 3px solid var(--deed); outline-offset: 3px; }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly int _status;
    private readonly string _html;

    private UnsubscribePage(int status, string title, string message, string action = "")
    {
        _status = status;
        _html =
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{Style}</style>
            </head>
            <body><main><h1>{title}</h1><p>{message}</p>{action}</main></body>
            </html>
            """;
    }

    public static UnsubscribePage Ask(string tenant) => new(
        StatusCodes.Status200OK,
        "Unsubscribe?",
        $"{WebUtility.HtmlEncode(tenant)} will stop sending you mails of this kind.",
        """<form method="post"><button>Unsubscribe</button></form>""");

    public static UnsubscribePage Done(string tenant) => new(
        StatusCodes.Status200OK, "You are unsubscribed", $"{WebUtility.HtmlEncode(tenant)} sends you no more mails of this kind. You can close this page.");

    public static UnsubscribePage Unknown() => new(
        StatusCodes.Status404NotFound, "This link does not work", "It may have been cut in two. Please copy it whole from the mail, or use the button in your mail program.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        return response.WriteAsync(_html, httpContext.RequestAborted);
    }
}
