using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>
/// A report page as a response. The policy allows one stylesheet by its hash and nothing else: no script, no request, no frame, so that
/// the page stays harmless whatever a tenant names their arms.
/// </summary>
internal sealed class ReportResult(int status, Markup page) : IResult, IEndpointMetadataProvider
{
    public static readonly ReportResult Unknown = new(
        StatusCodes.Status404NotFound, ReportLayout.Notice("No such report", "This link is not one of ours, or it was cut short. Ask the sender for it again."));

    public static readonly ReportResult Expired = new(
        StatusCodes.Status410Gone, ReportLayout.Notice("This link has expired", "Report links work for a limited time. Ask the sender for a new one; the report itself is kept."));

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{ReportLayout.StyleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static ReportResult Of(Experiment experiment, Analysis analysis) => new(StatusCodes.Status200OK, Report.Render(experiment, analysis));

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
