using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noah.Api.Tests.Features.Planning;

namespace Noah.Api.Tests.Features.Campaigns;

[Trait("Needs", "Postgres")]
public sealed class CampaignTests(PlanningApplication application) : IClassFixture<PlanningApplication>
{
    [Fact]
    public async Task Campaign_FromDraftToCancelled_FollowsItsVerbs()
    {
        var retailer = await Retailer.OpenAsync(application, 5);
        await retailer.FreezeAsync();
        var (tenant, path) = (retailer.Tenant, $"/v1/{await retailer.DraftAsync("mens")}");

        using var early = await tenant.SendAsync(HttpMethod.Post, $"{path}:launch", new { });
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        var problem = await early.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid-transition", problem.GetProperty("code").GetString());
        Assert.Equal(["cancel", "validate"], problem.GetProperty("allowed").EnumerateArray().Select(verb => verb.GetString()));

        var validated = await tenant.PostAsync($"{path}:validate", new { });
        Assert.Equal("READY", validated.GetProperty("campaign").GetProperty("state").GetString());
        Assert.Equal(0, validated.GetProperty("warnings").GetArrayLength());

        using var careless = await tenant.SendAsync(HttpMethod.Post, $"{path}:launch", new { }, ifMatch: null);
        Assert.Equal(HttpStatusCode.PreconditionRequired, careless.StatusCode);
        using var stale = await tenant.SendAsync(HttpMethod.Post, $"{path}:launch", new { }, ifMatch: "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        foreach (var (verb, state) in new[] { ("launch", "RUNNING"), ("launch", "RUNNING"), ("pause", "PAUSED"), ("resume", "RUNNING"), ("cancel", "CANCELLED"), ("cancel", "CANCELLED") })
        {
            Assert.Equal(state, (await tenant.PostAsync($"{path}:{verb}", new { })).GetProperty("state").GetString());
        }

        using var late = await tenant.SendAsync(HttpMethod.Post, $"{path}:resume", new { });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task Change_OfAReadyCampaign_SendsItBackToDraft()
    {
        var retailer = await Retailer.OpenAsync(application, 5);
        var (tenant, path) = (retailer.Tenant, $"/v1/{await retailer.DraftAsync("mens")}");
        await tenant.PostAsync($"{path}:validate", new { });
        using var response = await tenant.SendAsync(HttpMethod.Patch, path, new { displayName = "Renamed" });
        var campaign = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("DRAFT", campaign.GetProperty("state").GetString());
        Assert.Equal("Renamed", campaign.GetProperty("displayName").GetString());
        Assert.Equal(2, campaign.GetProperty("variants").GetArrayLength());
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task Create_WithFaults_NamesEachByItsPointer()
    {
        var retailer = await Retailer.OpenAsync(application, 5);
        using var broken = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/campaigns", retailer.Campaign("mens", html: "<p>{{#if taste}}</p>"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Equal(["/variants/0/html", "/variants/1/html"], await PointersAsync(broken));

        using var bare = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/campaigns", new
        {
            displayName = "Bare",
            channel = "email",
            topic = "marketing",
            product = "products/prd_00000000000000000000000000",
            audience = retailer.Audience,
            action = "mens",
            costPerSend = new { amount = "0.10", currency = "EUR" },
            startsAt = NoahApplication.ClockStart,
            endsAt = NoahApplication.ClockStart,
        });
        Assert.Equal(["/costPerSend/currency", "/endsAt", "/sender", "/variants"], await PointersAsync(bare));
    }

    private static async Task<IEnumerable<string?>> PointersAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
        .Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal);
}
