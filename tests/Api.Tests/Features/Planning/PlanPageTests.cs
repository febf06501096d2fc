using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Planning;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>The page of a plan behind its signed link.</summary>
[Trait("Needs", "Postgres")]
public sealed partial class PlanPageTests(PlanningApplication application)
{
    [Fact]
    public async Task SignedLink_OfASolvedRun_ShowsFiguresAndPlotsWithoutScript()
    {
        var retailer = await Retailer.OpenAsync(application, 400, withoutConsent: 40, holdoutShare: 0.1);
        await retailer.FreezeAsync();
        var run = await retailer.SolveAsync(Retailer.Run(
            [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")], "10.00",
            ("displayName", "Spring & <more>"), ("lines", new[] { new { line = "mens", minimum = 10, maximum = 45 } })));
        var link = new Uri(run.GetProperty("links").GetProperty("html").GetString()!);
        using var client = application.Anonymous;
        using var response = await client.GetAsync(link);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<more>", page, StringComparison.Ordinal);
        Assert.Contains("Spring &amp; &lt;more&gt;", page, StringComparison.Ordinal);
        Assert.Contains("of the best possible", page, StringComparison.Ordinal);
        Assert.Contains("One more dollar", page, StringComparison.Ordinal);
        Assert.Equal(5, Plots().Count(page));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var ids = XDocument.Parse($"<page>{string.Concat(Svgs().Matches(page).Select(svg => svg.Value))}</page>")
            .Descendants().Attributes("id").Select(id => id.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{run.GetProperty("name").GetString()}");
        request.Headers.Accept.ParseAdd("text/html,application/json;q=0.5");
        using var preferred = await retailer.Tenant.Client.SendAsync(request);
        Assert.Equal(page, await preferred.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SignedLink_OfARunWhoseRulesContradictEachOther_ExplainsTheConflict()
    {
        var retailer = await Retailer.OpenAsync(application, 120);
        await retailer.FreezeAsync();
        var name = (await retailer.Tenant.PostAsync("/v1/planningRuns", Retailer.Run(
            [await retailer.DraftAsync("mens")], "5.00", ("explorationShare", 0), ("lines", new[] { new { line = "mens", minimum = 100 } })))).GetProperty("name").GetString();
        using var client = application.Anonymous;
        Assert.Contains("no plan yet", await client.GetStringAsync(await LinkAsync()), StringComparison.Ordinal);
        await retailer.Tenant.RunAsync($"/v1/{name}:solve", new { }, "FAILED");
        var page = await client.GetStringAsync(await LinkAsync());
        Assert.Contains("the rules contradict each other", page, StringComparison.Ordinal);
        Assert.Contains("any one of them would have to give way.", page, StringComparison.Ordinal);
        Assert.Contains("The budget of $5.00 would have to give way by $5.00.", page, StringComparison.Ordinal);
        Assert.Contains("would have to give way by 50 sends.", page, StringComparison.Ordinal);
        Assert.Contains("/budget/amount", page, StringComparison.Ordinal);

        async Task<Uri> LinkAsync() => new((await retailer.Tenant.GetAsync($"/v1/{name}")).GetProperty("links").GetProperty("html").GetString()!);
    }

    [Fact]
    public async Task Links_ThatExpiredOrWereForged_ShowNothing()
    {
        var retailer = await Retailer.OpenAsync(application, 20);
        var name = (await retailer.Tenant.PostAsync("/v1/planningRuns", Retailer.Run([await retailer.DraftAsync("mens")], "5.00"))).GetProperty("name").GetString()!;
        Assert.True(PublicId.TryParse(PlanningRun.Prefix, name[(name.LastIndexOf('/') + 1)..], out var id));
        var tokens = application.Services.GetRequiredService<SignedTokens>();
        var now = application.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var stranger = await application.CreateTenantAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tokens.Create("plan", retailer.Tenant.Id, id, now.AddDays(1))));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(tokens.Create("plan", retailer.Tenant.Id, id, now)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(tokens.Create("plan", stranger.Id, id, now.AddDays(1))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(tokens.Create("report", retailer.Tenant.Id, id, now.AddDays(1))));
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = application.Anonymous;
        using var response = await client.GetAsync(new Uri($"/p/{token}", UriKind.Relative));
        return response.StatusCode;
    }

    [GeneratedRegex("<figure>.*?<svg.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Plots();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svgs();
}
