using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Experiments;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using SkiaSharp;

namespace Noah.Api.Tests.Features.Experiments;

[Trait("Needs", "Postgres")]
public sealed partial class ReportPageTests(NoahApplication application)
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task SignedLink_ShowsThePageWithPlotsAndWithoutScript()
    {
        var (_, _, link) = await AnalyzedAsync();
        using var client = application.Anonymous;
        using var response = await client.GetAsync(link);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(6, Svgs().Count(page));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<more>", page, StringComparison.Ordinal);
        Assert.Contains("Mail &amp; &lt;more&gt;", page, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.Private);
        Assert.Contains("noindex", response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);

        var ids = XDocument.Parse($"<page>{string.Concat(Svgs().Matches(page).Select(svg => svg.Value))}</page>")
            .Descendants().Attributes("id").Select(id => id.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Analysis_AcceptedAsHtml_IsTheSamePage()
    {
        var (campaign, analysis, link) = await AnalyzedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{analysis}");
        request.Headers.Accept.ParseAdd("text/html,application/json;q=0.5");
        using var response = await campaign.Tenant.Client.SendAsync(request);
        using var client = application.Anonymous;

        Assert.Equal(await client.GetStringAsync(link), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Links_ThatExpiredOrWereForged_ShowNothing()
    {
        var (campaign, analysis, link) = await AnalyzedAsync();
        var tokens = application.Services.GetRequiredService<SignedTokens>();
        var now = application.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.True(PublicId.TryParse(Analysis.Prefix, analysis[(analysis.LastIndexOf('/') + 1)..], out var id));
        var stranger = await application.CreateTenantAsync();

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(tokens.Create("report", campaign.Tenant.Id, id, now)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(tokens.Create("report", stranger.Id, id, now.AddDays(1))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(tokens.Create("unsubscribe", campaign.Tenant.Id, id, now.AddDays(1))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("not-a-token"));
        var token = link.ToString()[(link.ToString().LastIndexOf('/') + 1)..];
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync((token[0] == 'A' ? 'B' : 'A') + token[1..]));
    }

    [Fact]
    [Trait("Needs", "Chromium")]
    public async Task Page_InABrowserUnderItsOwnPolicy_LaysOutWithStyleAndPlots()
    {
        var browser = Array.Find(Browsers, File.Exists);
        Assert.SkipWhen(browser is null, $"None of {string.Join(", ", Browsers)} is installed.");
        var (_, _, link) = await AnalyzedAsync();
        using var client = application.Anonymous;
        using var response = await client.GetAsync(link);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var folder = Directory.CreateTempSubdirectory("noah-report-");
        try
        {
            // The policy travels in the file: it forbids every script, and the stylesheet must pass it by its hash.
            var page = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(page, (await response.Content.ReadAsStringAsync()).Replace(
                "<head>", $"""<head><meta http-equiv="Content-Security-Policy" content="{policy}">""", StringComparison.Ordinal));
            var picture = Path.Combine(folder.FullName, "report.png");
            await RunAsync(
                browser!, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", $"--user-data-dir={Path.Combine(folder.FullName, "profile")}",
                $"--screenshot={picture}", "--window-size=1280,8000", $"file://{page}");

            using var bitmap = SKBitmap.Decode(picture);
            Assert.InRange(ContentHeight(bitmap), 1500, 6000);
            Assert.Contains(SKColor.Parse("#fbfcfd"), bitmap.Pixels);
            Assert.Contains(SKColor.Parse("#0b6bb3"), bitmap.Pixels);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svgs();

    /// <summary>Rows down to the last one that is not plain background.</summary>
    private static int ContentHeight(SKBitmap bitmap)
    {
        var background = bitmap.GetPixel(0, bitmap.Height - 1);
        var row = bitmap.Height - 1;
        while (row > 0 && Enumerable.Range(0, bitmap.Width).All(x => bitmap.GetPixel(x, row) == background))
        {
            row--;
        }

        return row + 1;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Assert.True(process.ExitCode == 0, await error);
    }

    private async Task<(PastCampaign Campaign, string Analysis, Uri Link)> AnalyzedAsync()
    {
        var campaign = await PastCampaign.CreateAsync(application, 300);
        var name = (await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { })).GetProperty("response").GetString()!;
        var analysis = await campaign.Tenant.GetAsync($"/v1/{name}");
        return (campaign, name, new Uri(analysis.GetProperty("links").GetProperty("html").GetString()!));
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = application.Anonymous;
        using var response = await client.GetAsync(new Uri($"/r/{token}", UriKind.Relative));
        return response.StatusCode;
    }
}
