using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Metrics;

[Trait("Needs", "Postgres")]
public sealed class MetricTests(NoahApplication application)
{
    private static readonly object Spend = new
    {
        displayName = "Spend in two weeks",
        distribution = "zeroInflated",
        eventType = "purchase",
        aggregation = "sumAmount",
        windowDays = 14,
        description = "What finance calls revenue.",
    };

    [Fact]
    public async Task Metric_IsDeclaredOnce_AndListed()
    {
        var tenant = await application.CreateTenantAsync();
        var created = await tenant.PostAsync("/v1/metrics", Spend);
        Assert.Equal("primary", created.GetProperty("role").GetString());
        Assert.Equal("increase", created.GetProperty("direction").GetString());
        var read = await tenant.GetAsync($"/v1/{created.GetProperty("name").GetString()}");
        Assert.Equal(created.GetRawText(), read.GetRawText());
        Assert.Equal(created.GetRawText(), (await tenant.GetAsync("/v1/metrics")).GetProperty("items")[0].GetRawText());

        using var again = await tenant.SendAsync(HttpMethod.Post, "/v1/metrics", Spend);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var stranger = await application.CreateTenantAsync();
        using var unseen = await stranger.Client.GetAsync(new Uri($"/v1/{created.GetProperty("name").GetString()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
    }

    [Fact]
    public async Task Metric_WithFaults_NamesEachOfThem()
    {
        var tenant = await application.CreateTenantAsync();
        var pointers = await PointersAsync(tenant, "/v1/metrics", new
        {
            displayName = " ",
            distribution = "binary",
            eventType = "",
            aggregation = "count",
            role = "main",
            direction = "up",
            windowDays = 0,
        });
        Assert.Equal(["/displayName", "/eventType", "/aggregation", "/direction", "/windowDays", "/role"], pointers);
    }

    [Fact]
    public async Task Experiment_CopiesTheMeaningOfAMetric_AndMayGiveItAnotherRole()
    {
        var tenant = await application.CreateTenantAsync();
        var metric = (await tenant.PostAsync("/v1/metrics", Spend)).GetProperty("name").GetString()!;
        var experiment = await tenant.PostAsync("/v1/experiments", Design(
            new { name = "visit", distribution = "binary", eventType = "visit", aggregation = "any" }, new { metric, role = "guardrail" }));

        var spend = experiment.GetProperty("metrics")[1];
        Assert.Equal("Spend in two weeks", spend.GetProperty("name").GetString());
        Assert.Equal("guardrail", spend.GetProperty("role").GetString());
        Assert.Equal(14, spend.GetProperty("windowDays").GetInt32());
        Assert.Equal(metric, spend.GetProperty("metric").GetString());
    }

    [Fact]
    public async Task Experiment_WithAMetricThatIsNotThereOrSaidTwice_IsRefused()
    {
        var tenant = await application.CreateTenantAsync();
        var metric = (await tenant.PostAsync("/v1/metrics", Spend)).GetProperty("name").GetString()!;
        var stranger = await application.CreateTenantAsync();
        Assert.Equal(["/metrics/0/metric"], await PointersAsync(stranger, "/v1/experiments", Design(new { metric })));
        Assert.Equal(["/metrics/0/metric"], await PointersAsync(tenant, "/v1/experiments", Design(new { metric = "spend" })));
        Assert.Equal(["/metrics/0"], await PointersAsync(tenant, "/v1/experiments", Design(new { metric, windowDays = 7 })));
        Assert.Equal(["/metrics/1/name"], await PointersAsync(tenant, "/v1/experiments", Design(new { metric }, new { metric })));
        Assert.Equal(["/metrics"], await PointersAsync(tenant, "/v1/experiments", Design(new { metric, role = "diagnostic" })));
    }

    [Fact]
    public async Task Window_EndsForEachMemberByItself_AndMaturityIsSaid()
    {
        var campaign = await PastCampaign.CreateAsync(application, 600, Design(
            NoahApplication.ClockStart.AddYears(1),
            Amount("all spend", null), Amount("spend in five days", 5), Amount("spend in two days", 2)));
        var operation = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });
        var report = (await campaign.Tenant.GetAsync($"/v1/{operation.GetProperty("response").GetString()}")).GetProperty("report");
        double Mean(int metric) => report.GetProperty("metrics")[metric].GetProperty("arms")[0].GetProperty("mean").GetDouble();

        // Purchases come three days after the start; 500 more of each tenth member after two weeks, which only the open window counts.
        Assert.Equal(campaign.Spend(0).Average(), Mean(1), 9);
        Assert.Equal(0, Mean(2));
        Assert.True(Mean(0) > Mean(1) + 20);
        Assert.Equal(new double[] { 0, 1, 1 }, report.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("maturedShare").GetDouble()));
        Assert.True(report.GetProperty("windowOpen").GetBoolean());
        Assert.Contains(report.GetProperty("verdict").EnumerateArray(), sentence => sentence.GetString() == "Only 0 % of the outcomes of all spend have matured.");
    }

    [Fact]
    public async Task Guardrail_ThatGetsWorse_IsInTheVerdict()
    {
        var campaign = await PastCampaign.CreateAsync(application, 2000, Design(
            PastCampaign.End,
            Amount("spend", null),
            new { name = "visits", distribution = "binary", eventType = "visit", aggregation = "any", role = "guardrail", direction = "decrease" },
            new { name = "purchases", distribution = "binary", eventType = "purchase", aggregation = "any", role = "diagnostic" }));
        var operation = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });
        var analysis = await campaign.Tenant.GetAsync($"/v1/{operation.GetProperty("response").GetString()}");
        string[] verdict = [.. analysis.GetProperty("report").GetProperty("verdict").EnumerateArray().Select(sentence => sentence.GetString()!)];

        Assert.Contains(verdict, sentence => sentence.StartsWith($"Guardrail broken: {PastCampaign.Treatment} makes visits higher by ", StringComparison.Ordinal));
        Assert.DoesNotContain(verdict, sentence => sentence.Contains("purchases", StringComparison.Ordinal));
        var page = await campaign.Tenant.Client.GetStringAsync(new Uri(analysis.GetProperty("links").GetProperty("html").GetString()!, UriKind.RelativeOrAbsolute));
        Assert.Contains("Guardrail: must not get worse", page, StringComparison.Ordinal);
        Assert.Contains("lower is better", page, StringComparison.Ordinal);
    }

    private static object Amount(string name, int? windowDays) =>
        new { name, distribution = "zeroInflated", eventType = "purchase", aggregation = "sumAmount", windowDays };

    private static object Design(params object[] metrics) => Design(PastCampaign.End, metrics);

    private static object Design(DateTimeOffset endedAt, params object[] metrics) => new
    {
        displayName = "Autumn",
        arms = new object[] { new { name = PastCampaign.Treatment, weight = 1 }, new { name = "None", weight = 1, control = true } },
        metrics,
        startedAt = PastCampaign.Start,
        endedAt,
    };

    private static async Task<string?[]> PointersAsync(TestTenant tenant, string path, object body)
    {
        using var response = await tenant.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())];
    }
}
