using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Owned and paid campaigns under one budget.</summary>
[Trait("Needs", "Postgres")]
public sealed class PaidChannelTests(PlanningApplication application)
{
    [Fact]
    public async Task Solve_OverOwnedAndPaid_KeepsEachChannelsBandAndMailsOnlyTheOwned()
    {
        // 100 of 300 gave no consent to mail; one of those objected to advertising as well.
        var retailer = await Retailer.OpenAsync(application, 300, withoutConsent: 100);
        var objector = (await retailer.Tenant.PutAsync("/v1/members/m299", new { attributes = new { taste = 0.1, core = 1 } })).GetProperty("name").GetString();
        await retailer.Tenant.PostAsync($"/v1/{objector}/consents", new { channel = "ads", topic = "marketing", state = "withdrawn", source = "test" });
        await retailer.FreezeAsync();
        var (mail, ads) = (await retailer.DraftAsync("mens"), await retailer.DraftAdsAsync("womens", "1.00", 0.05));
        var run = await retailer.SolveAsync(Retailer.Run(
            [mail, ads], "20.00", ("explorationShare", 0), ("channels", new[] { new { channel = "ads", minimum = Retailer.Usd("1.00"), maximum = Retailer.Usd("4.00") } })));
        var plan = run.GetProperty("plan");

        var reasons = plan.GetProperty("waterfall").GetProperty("campaigns").EnumerateArray()
            .Single(c => c.GetProperty("campaign").GetString() == ads).GetProperty("steps")[1].GetProperty("reasons");
        Assert.Equal(1, reasons.GetProperty("objected").GetInt32());
        Assert.Equal(299, plan.GetProperty("waterfall").GetProperty("steps")[1].GetProperty("left").GetInt32());

        // A click costs a dollar and one member in twenty clicks: four dollars reach eighty.
        var band = plan.GetProperty("constraints").EnumerateArray().Single(rule => rule.GetProperty("rule").GetString() == "channel ads");
        Assert.Equal((4.0, true), (band.GetProperty("use").GetDouble(), band.GetProperty("binding").GetBoolean()));
        var targeted = await retailer.AllocationsAsync(run, "&channel=ads");
        Assert.Equal(80, targeted.Count);
        Assert.All(targeted, row =>
        {
            Assert.Equal(("ads", "0.05"), (row.GetProperty("channel").GetString(), row.GetProperty("cost").GetProperty("amount").GetString()));
            Assert.False(row.TryGetProperty("sendAt", out _));
            Assert.Equal("paid", row.GetProperty("sendAtReason").GetString());
        });
        Assert.DoesNotContain(targeted, row => row.GetProperty("member").GetString() == objector);

        var applied = await retailer.Tenant.PostAsync($"/v1/{run.GetProperty("name").GetString()}:apply", new { });
        var mails = (await retailer.AllocationsAsync(run, "&channel=email")).Count;
        Assert.Equal((mails, 80), (applied.GetProperty("plannedSends").GetInt32(), applied.GetProperty("targeted").GetInt32()));
        Assert.Empty((await retailer.Tenant.GetAsync($"/v1/{ads}/sends")).GetProperty("items").EnumerateArray());

        // Nobody unsubscribes from an advertisement: margin 0.5 on an increment of 4 (1 − taste), less five cents.
        var member = await retailer.Tenant.GetAsync($"/v1/{targeted[0].GetProperty("member").GetString()}");
        var taste = member.GetProperty("attributes").GetProperty("taste").GetDouble();
        Assert.Equal((2 * (1 - taste)) - 0.05, Amount(targeted[0].GetProperty("value")), 3);
    }

    [Fact]
    public async Task Solve_WithAModelOfClicks_TakesItsCostFromTheModel()
    {
        var retailer = await Retailer.OpenAsync(application, 100);
        await retailer.FreezeAsync();
        var run = await retailer.SolveAsync(Retailer.Run(
            [await retailer.DraftAdsAsync("womens", "1.00", 0.05)], "2.00",
            ("explorationShare", 0), ("model", $"models/{PublicId.Format("mdl", KnownModel.OfClicks)}")));
        Assert.Equal(50, run.GetProperty("plan").GetProperty("totals").GetProperty("sends").GetInt32());
        Assert.All(await retailer.AllocationsAsync(run, "&sent=true"), row => Assert.Equal("0.04", row.GetProperty("cost").GetProperty("amount").GetString()));
    }

    [Fact]
    public async Task Requests_OfPaidCampaignsThatCannotBePriced_AreRefused()
    {
        var retailer = await Retailer.OpenAsync(application, 10);
        using var mail = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/campaigns", retailer.Campaign("mens", clickRate: 0.1));
        Assert.Equal(["/expectedClickRate"], await PointersAsync(mail));
        using var wild = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/campaigns", retailer.Campaign("mens", channel: "ads", clickRate: 1.5));
        Assert.Equal(["/expectedClickRate"], await PointersAsync(wild));
        var ads = (await retailer.Tenant.PostAsync("/v1/campaigns", retailer.Campaign("mens", channel: "ads"))).GetProperty("name").GetString()!;
        using var run = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/planningRuns", Retailer.Run(
            [ads], "1.00", ("unit", "household"), ("channels", new object[]
            {
                new { channel = "ads", minimum = Retailer.Usd("5.00"), maximum = Retailer.Usd("4.00") },
                new { channel = "ads", maximum = new { amount = "1.00", currency = "EUR" } },
            })));
        Assert.Equal(["/campaigns/0", "/channels/0/maximum/amount", "/channels/1/channel", "/channels/1/maximum/currency", "/unit"], await PointersAsync(run));
        using var listed = await retailer.Tenant.Client.GetAsync(new Uri("/v1/planningRuns/pln_00000000000000000000000000/allocations?channel=fax", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, listed.StatusCode);
    }

    private static async Task<IEnumerable<string?>> PointersAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal);
    }

    private static double Amount(JsonElement money) => double.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}
