using System.Globalization;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>A run per account: one contact of each company, the one it is worth most with.</summary>
[Trait("Needs", "Postgres")]
public sealed class AccountPlanTests(PlanningApplication application)
{
    private const int Accounts = 40;

    [Fact]
    public async Task Solve_PerAccount_AddressesTheBestContactOfEachOnce()
    {
        // 40 companies of five people, and 20 people of none.
        var retailer = await Retailer.OpenAsync(application, 220, account: i => i < 200 ? $"company-{i % Accounts}" : "");
        await retailer.FreezeAsync();
        var request = Retailer.Run([await retailer.DraftAsync("mens")], "3.00", ("unit", "account"), ("explorationShare", 0));
        var run = await retailer.SolveAsync(request);
        var steps = run.GetProperty("plan").GetProperty("waterfall").GetProperty("steps").EnumerateArray().ToDictionary(
            step => step.GetProperty("step").GetString()!, step => (Left: step.GetProperty("left").GetInt32(), Removed: step.GetProperty("removed").GetInt32()));
        Assert.Equal((200, 20), steps["account"]);
        Assert.Equal((40, 160), steps["otherContact"]);
        Assert.Equal(30, steps["chosen"].Left);

        // "mens" is worth the more the higher the taste, and each send costs ten cents: the best of an account, and the 30 best accounts.
        var rows = await retailer.AllocationsAsync(run);
        var sent = rows.Where(row => row.TryGetProperty("campaign", out _)).ToList();
        Assert.Equal(30, sent.Select(row => row.GetProperty("account").GetString()).Distinct().Count());
        var best = Enumerable.Range(0, 200).GroupBy(i => i % Accounts).Select(group => group.Max(i => i * 7919 % 220 / 220.0)).OrderDescending().Take(30);
        Assert.Equal(best.Sum(taste => (taste * 2) - 0.1 - Loss(run)), sent.Sum(row => Value(row)), 2);

        await retailer.Tenant.PostAsync($"/v1/{run.GetProperty("name").GetString()}:apply", new { });
        var next = await retailer.AllocationsAsync(await retailer.SolveAsync(request));
        Assert.Empty(next.Select(Account).Intersect(sent.Select(Account)));
    }

    [Fact]
    public async Task Holdout_OfMembersWithAccounts_IsOfWholeAccounts()
    {
        var retailer = await Retailer.OpenAsync(application, 200, holdoutShare: 0.4, account: i => $"company-{i % Accounts}");
        await retailer.FreezeAsync();
        var run = await retailer.SolveAsync(Retailer.Run([await retailer.DraftAsync("mens")], "30.00", ("unit", "account")));
        var sizes = (await retailer.AllocationsAsync(run)).GroupBy(Account).Select(group => group.Count()).ToList();

        // 40 accounts, 24 expected: four standard deviations are 12.
        Assert.InRange(sizes.Count, 12, 36);
        Assert.All(sizes, size => Assert.Equal(5, size));

        var perMember = await retailer.AllocationsAsync(await retailer.SolveAsync(Retailer.Run([await retailer.DraftAsync("womens")], "30.00")));
        Assert.Equal(sizes.Sum(), perMember.Count);
    }

    private static string Account(JsonElement row) => row.GetProperty("account").GetString()!;

    private static double Value(JsonElement row) => Amount(row.GetProperty("value"));

    private static double Loss(JsonElement run)
    {
        var assumptions = run.GetProperty("plan").GetProperty("assumptions");
        return assumptions.GetProperty("unsubscribeRate").GetDouble() * Amount(assumptions.GetProperty("unsubscribeLoss"));
    }

    private static double Amount(JsonElement money) => double.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}
