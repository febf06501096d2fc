using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Noah.Api.Platform.Pages;

/// <summary>
/// A page as a response. The policy allows one stylesheet by its hash and nothing else: no script, no request, no frame, so that
/// the page stays harmless whatever a tenant names their things.
/// </summary>
internal sealed class PageResult(int status, Markup page) : IResult, IEndpointMetadataProvider
{
    public static readonly PageResult Unknown = new(
        StatusCodes.Status404NotFound, PageLayout.Notice("No such page", "This link is not one of ours, or it was cut short. Ask the sender for it again."));

    public static readonly PageResult Expired = new(
        StatusCodes.Status410Gone, PageLayout.Notice("This link has expired", "Links to reports work for a limited time. Ask the sender for a new one; the report itself is kept."));

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{PageLayout.StyleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static PageResult Of(Markup page) => new(StatusCodes.Status200OK, page);

    /// <summary>Whether the client would rather have a page than JSON.</summary>
    public static bool IsPreferredBy(HttpRequest request) => request.GetTypedHeaders().Accept is { Count: > 0 } accepted
        && accepted.MaxBy(type => type.Quality ?? 1)!.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/html"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "private, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(page.Text, Encoding.UTF8, httpContext.RequestAborted);
    }
}
