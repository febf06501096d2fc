using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Plans side by side.</summary>
[Trait("Needs", "Postgres")]
public sealed class CompareTests(PlanningApplication application)
{
    [Fact]
    public async Task Compare_OfTwoPlans_CountsTheDecisionsThatTheirAllocationsDifferBy()
    {
        var retailer = await Retailer.OpenAsync(application, 300);
        await retailer.FreezeAsync();
        var (mens, womens) = (await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens"));
        var first = await retailer.SolveAsync(Retailer.Run([mens, womens], "8.00"));
        var second = await retailer.SolveAsync(Retailer.Run([womens], "30.00", ("seed", 2)));
        var document = (await retailer.Tenant.RunAsync("/v1/planningRuns:compare", new { planningRuns = Names(first, second) })).GetProperty("metadata");

        var (before, after) = (await ChoicesAsync(retailer, first), await ChoicesAsync(retailer, second));
        var pairs = before.Keys.Union(after.Keys).Select(member => (before.GetValueOrDefault(member), after.GetValueOrDefault(member))).ToList();
        var difference = document.GetProperty("differences")[0];
        var members = difference.GetProperty("members");
        Assert.Equal(pairs.Count(pair => pair is (null, not null)), members.GetProperty("added").GetInt32());
        Assert.Equal(pairs.Count(pair => pair is (not null, null)), members.GetProperty("dropped").GetInt32());
        Assert.Equal(pairs.Count(pair => pair is (not null, not null) && pair.Item1 != pair.Item2), members.GetProperty("switched").GetInt32());
        Assert.True(members.GetProperty("switched").GetInt32() > 0);

        // Both forecasts are the model's, so they agree on what both know; the second knows nothing of the first's campaign.
        var plans = document.GetProperty("plans").EnumerateArray().ToList();
        Assert.Equal(2, plans.Count);
        var (own, other) = (Value(plans[0]), Value(plans[1]));
        Assert.Equal(other - own, Amount(difference.GetProperty("value")), 3);
        Assert.Equal(other - own, Amount(difference.GetProperty("byFirstForecast").GetProperty("difference")), 2);
        Assert.Equal(before.Values.Count(campaign => campaign == mens), difference.GetProperty("byOwnForecast").GetProperty("withoutFigure").GetInt32());
        Assert.Equal(2, plans[0].GetProperty("campaigns").GetArrayLength());
    }

    [Fact]
    public async Task Compare_ThatCannotBeAsked_IsRefused()
    {
        var retailer = await Retailer.OpenAsync(application, 60);
        await retailer.FreezeAsync();
        var request = Retailer.Run([await retailer.DraftAsync("mens")], "2.00");
        var solved = (await retailer.SolveAsync(request)).GetProperty("name").GetString()!;
        var draft = (await retailer.Tenant.PostAsync("/v1/planningRuns", request)).GetProperty("name").GetString()!;
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(retailer.Tenant, solved));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(retailer.Tenant, solved, solved));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(retailer.Tenant, solved, "campaigns/cmp_1"));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(retailer.Tenant, solved, draft));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(await application.CreateTenantAsync(), solved, draft));
    }

    private static string[] Names(params JsonElement[] runs) => [.. runs.Select(run => run.GetProperty("name").GetString()!)];

    private static async Task<Dictionary<string, string?>> ChoicesAsync(Retailer retailer, JsonElement run) => (await retailer.AllocationsAsync(run)).ToDictionary(
        row => row.GetProperty("member").GetString()!, row => row.TryGetProperty("campaign", out var campaign) ? campaign.GetString() : null);

    private static async Task<HttpStatusCode> StatusAsync(TestTenant tenant, params string[] planningRuns)
    {
        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/planningRuns:compare", new { planningRuns });
        return response.StatusCode;
    }

    private static double Value(JsonElement plan) => Amount(plan.GetProperty("totals").GetProperty("incrementalValue").GetProperty("expected"));

    private static double Amount(JsonElement money) => double.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}
