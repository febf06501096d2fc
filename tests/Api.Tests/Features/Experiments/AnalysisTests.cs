using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Tests.Features.Experiments;

[Trait("Needs", "Postgres")]
public sealed class AnalysisTests(NoahApplication application)
{
    [Fact]
    public async Task Analysis_OfASeededCampaign_HoldsTheFiguresOfItsOutcomes()
    {
        var campaign = await PastCampaign.CreateAsync(application, 600);
        var operation = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });
        var analysis = await campaign.Tenant.GetAsync($"/v1/{operation.GetProperty("response").GetString()}");

        Assert.Equal(1, analysis.GetProperty("number").GetInt32());
        var report = analysis.GetProperty("report");
        Assert.Equal(600, report.GetProperty("units").GetInt32());
        Assert.Equal("consistent", report.GetProperty("sampleRatio").GetProperty("verdict").GetString());
        var metrics = report.GetProperty("metrics");
        var visit = metrics[0].GetProperty("contrasts")[0];
        Assert.Equal(Rate(campaign, 1) - Rate(campaign, 0), visit.GetProperty("estimate").GetDouble(), 12);

        var spend = metrics[1].GetProperty("contrasts")[0];
        double[] mail = campaign.Spend(1), none = campaign.Spend(0);
        Assert.Equal(mail.Average() - none.Average(), spend.GetProperty("estimate").GetDouble(), 9);
        Assert.Equal(WelchTest.Compare(Moments.Of(mail), Moments.Of(none)).PValue!.Value, PValue(spend, "welch"), 12);
        Assert.Equal(
            ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(mail), ZeroInflatedSample.FromValues(none)).PValue!.Value,
            spend.GetProperty("headlinePValue").GetDouble(),
            12);
        Assert.Equal("USD", metrics[1].GetProperty("unit").GetString());
    }

    [Fact]
    public async Task Analyze_WithNothingNew_AnswersTheSameAnalysis()
    {
        var campaign = await PastCampaign.CreateAsync(application, 100);
        var first = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });
        var second = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });

        Assert.Equal(first.GetProperty("response").GetString(), second.GetProperty("response").GetString());
        var list = await campaign.Tenant.GetAsync($"/v1/{campaign.Experiment}/analyses");
        Assert.Equal(1, list.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Analyze_WithoutExposures_FailsWithWhatToDo()
    {
        var tenant = await application.CreateTenantAsync();
        var experiment = (await tenant.PostAsync("/v1/experiments", PastCampaign.Design)).GetProperty("name").GetString();
        var operation = await tenant.RunAsync($"/v1/{experiment}:analyze", new { }, "FAILED");

        Assert.Equal("not-ready", operation.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("exposures", operation.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithAContradictoryDesign_NamesEveryFault()
    {
        var tenant = await application.CreateTenantAsync();
        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/experiments", new
        {
            displayName = "",
            arms = new object[] { new { name = "A", weight = 0 }, new { name = "A", weight = 1 } },
            metrics = new object[] { new { name = "visit", distribution = "binary", eventType = "visit", aggregation = "sumAmount" } },
            startedAt = PastCampaign.End,
            endedAt = PastCampaign.Start,
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString());
        Assert.Equal(["/displayName", "/arms", "/arms/0/weight", "/arms/1/name", "/metrics/0/aggregation", "/endedAt"], pointers);
    }

    [Fact]
    public async Task Create_WithAnUnknownField_IsRefusedWithItsPointer()
    {
        var tenant = await application.CreateTenantAsync();
        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/experiments", new { displayName = "x", arms = new[] { new { name = "A", weigth = 1 } } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("/arms/0/weigth", error.GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task AnotherTenant_FindsNeitherExperimentNorAnalysis()
    {
        var campaign = await PastCampaign.CreateAsync(application, 100);
        var operation = await campaign.Tenant.RunAsync($"/v1/{campaign.Experiment}:analyze", new { });
        var stranger = await application.CreateTenantAsync();

        foreach (var path in new[] { campaign.Experiment, $"{campaign.Experiment}/analyses", operation.GetProperty("response").GetString()! })
        {
            using var read = await stranger.Client.GetAsync(new Uri($"/v1/{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        }

        using var analyze = await stranger.SendAsync(HttpMethod.Post, $"/v1/{campaign.Experiment}:analyze", new { });
        Assert.Equal(HttpStatusCode.NotFound, analyze.StatusCode);
    }

    private static double Rate(PastCampaign campaign, int arm) =>
        campaign.Visited.Where((_, i) => campaign.Arm[i] == arm).Average(visited => visited ? 1.0 : 0.0);

    private static double PValue(JsonElement contrast, string test) =>
        contrast.GetProperty("tests").EnumerateArray().Single(t => t.GetProperty("test").GetString() == test).GetProperty("pValue").GetDouble();
}
