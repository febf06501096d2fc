using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Other bounds than a plan's: what they would come to, and what is refused.</summary>
[Trait("Needs", "Postgres")]
public sealed class WhatIfTests(PlanningApplication application)
{
    [Fact]
    public async Task WhatIf_WithMoreBudget_IsWhatARunWithThatBudgetComesTo()
    {
        var retailer = await Retailer.OpenAsync(application, 600);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")];
        var run = await retailer.SolveAsync(Retailer.Run(campaigns, "20.00"));
        var answer = await AskAsync(retailer, run, new { budget = Retailer.Usd("22.00") });
        var richer = (await retailer.SolveAsync(Retailer.Run(campaigns, "22.00"))).GetProperty("plan");

        Assert.Equal(Amount(richer.GetProperty("certificate").GetProperty("objective")), Amount(answer.GetProperty("whatIf").GetProperty("value")));
        Assert.Equal(richer.GetProperty("totals").GetProperty("sends").GetInt32(), answer.GetProperty("whatIf").GetProperty("sends").GetInt32());
        Assert.Equal(20, answer.GetProperty("change").GetProperty("sends").GetInt32());

        // The value is concave in the budget: two dollars add at most twice the first's worth, and at least twice the last's.
        var budget = run.GetProperty("plan").GetProperty("constraints")[0];
        var gain = Amount(answer.GetProperty("change").GetProperty("value"));
        Assert.InRange(gain, (2 * Amount(budget.GetProperty("band").GetProperty("priceAbove"))) - 0.05, (2 * Amount(budget.GetProperty("price"))) + 0.05);
        Assert.InRange(answer.GetProperty("certificate").GetProperty("relativeGap").GetDouble(), 0, 0.05);
        Assert.Equal(0, answer.GetProperty("effort").GetProperty("passes").GetInt32());
    }

    [Fact]
    public async Task Frontier_OfASolvedRun_RisesAndBendsThroughThePlan()
    {
        var retailer = await Retailer.OpenAsync(application, 600);
        await retailer.FreezeAsync();
        var run = await retailer.SolveAsync(Retailer.Run(
            [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")], "20.00", ("lines", new[] { new { line = "mens", maximum = 90 } })));
        var read = await retailer.Tenant.GetAsync($"/v1/{run.GetProperty("name").GetString()}:frontier");
        var points = read.GetProperty("frontier").GetProperty("points").EnumerateArray().ToList();

        Assert.Equal(11, points.Count);
        var present = points.Single(point => point.GetProperty("share").GetDouble() == 1);
        Assert.Equal(Amount(run.GetProperty("plan").GetProperty("certificate").GetProperty("objective")), Amount(present.GetProperty("value")));
        foreach (var (left, right) in points.Zip(points.Skip(1)))
        {
            var (more, dearer) = (Amount(right.GetProperty("value")) - Amount(left.GetProperty("value")), Amount(right.GetProperty("budget")) - Amount(left.GetProperty("budget")));
            Assert.True(Amount(left.GetProperty("price")) + 1e-6 >= Amount(right.GetProperty("price")));

            // A send is ten cents: round-off to whole sends is worth two dollars at most.
            Assert.InRange(more, (dearer * Amount(right.GetProperty("price"))) - 2, (dearer * Amount(left.GetProperty("price"))) + 2);
        }

        var line = read.GetProperty("constraints")[1];
        Assert.Equal(0, line.GetProperty("slack").GetDouble());
        Assert.True(Amount(line.GetProperty("band").GetProperty("priceBelow")) >= Amount(line.GetProperty("price")));
        Assert.True(Amount(line.GetProperty("price")) >= Amount(line.GetProperty("band").GetProperty("priceAbove")));
    }

    [Fact]
    public async Task WhatIf_WithBoundsThatContradictEachOther_FailsAndNamesTheRows()
    {
        var retailer = await Retailer.OpenAsync(application, 300);
        await retailer.FreezeAsync();
        var run = await retailer.SolveAsync(Retailer.Run([await retailer.DraftAsync("mens")], "5.00", ("explorationShare", 0)));
        var operation = await retailer.Tenant.RunAsync(
            $"/v1/{run.GetProperty("name").GetString()}:whatIf", new { lines = new[] { new { line = "mens", minimum = 100 } } }, "FAILED");
        var error = operation.GetProperty("error");

        Assert.Equal((422, "infeasible-plan"), (error.GetProperty("status").GetInt32(), error.GetProperty("code").GetString()));
        var pointers = error.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ToList();
        Assert.Contains("/lines/0/minimum", pointers);
        Assert.Contains("/specification/budget/amount", pointers);
        Assert.Equal("SOLVED", (await retailer.Tenant.GetAsync($"/v1/{run.GetProperty("name").GetString()}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task WhatIf_ThatCannotBeAsked_IsRefusedWithItsPointers()
    {
        var retailer = await Retailer.OpenAsync(application, 100);
        await retailer.FreezeAsync();
        var request = Retailer.Run([await retailer.DraftAsync("mens")], "3.00");
        var draft = (await retailer.Tenant.PostAsync("/v1/planningRuns", request)).GetProperty("name").GetString();
        using var early = await retailer.Tenant.SendAsync(HttpMethod.Post, $"/v1/{draft}:whatIf", new { });
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using var earlyFrontier = await retailer.Tenant.Client.GetAsync(new Uri($"/v1/{draft}:frontier", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, earlyFrontier.StatusCode);

        var name = (await retailer.SolveAsync(request)).GetProperty("name").GetString();
        using var response = await retailer.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:whatIf", new
        {
            budget = new { amount = "-1.00", currency = "EUR" },
            maximumSends = -1,
            lines = new[] { new { line = "toys", minimum = 5, maximum = 4 } },
            channels = new[] { new { channel = "fax", maximum = Retailer.Usd("1.00") } },
        });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["/budget/amount", "/budget/currency", "/channels/0/channel", "/lines/0/line", "/lines/0/maximum", "/maximumSends"], pointers);

        var stranger = await application.CreateTenantAsync();
        using var foreign = await stranger.SendAsync(HttpMethod.Post, $"/v1/{name}:whatIf", new { });
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using var foreignFrontier = await stranger.Client.GetAsync(new Uri($"/v1/{name}:frontier", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, foreignFrontier.StatusCode);
    }

    private static async Task<JsonElement> AskAsync(Retailer retailer, JsonElement run, object request) =>
        (await retailer.Tenant.RunAsync($"/v1/{run.GetProperty("name").GetString()}:whatIf", request)).GetProperty("metadata");

    private static double Amount(JsonElement money) => double.Parse(money.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}
