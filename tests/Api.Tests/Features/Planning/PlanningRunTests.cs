using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>A plan over HTTP with a model known in closed form: whom it chooses, what it promises, what it writes.</summary>
[Trait("Needs", "Postgres")]
public sealed class PlanningRunTests(PlanningApplication application)
{
    private const int Members = 1200;

    [Fact]
    public async Task Solve_WithBindingBudget_ChoosesWithinItAndExplainsEveryStep()
    {
        var retailer = await Retailer.OpenAsync(application, Members, withoutConsent: 200, holdoutShare: 0.1);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")];
        var run = await SolveAsync(retailer, Specification(campaigns, budget: "30.00"));
        var plan = run.GetProperty("plan");

        Assert.Equal("SOLVED", run.GetProperty("state").GetString());
        Steps(plan.GetProperty("waterfall").GetProperty("steps"), plan.GetProperty("totals").GetProperty("sends").GetInt32());
        Assert.Equal(Members - 200, plan.GetProperty("waterfall").GetProperty("steps")[1].GetProperty("left").GetInt32());
        Assert.Equal(200, plan.GetProperty("waterfall").GetProperty("steps")[1].GetProperty("reasons").GetProperty("noConsent").GetInt32());
        foreach (var campaign in plan.GetProperty("waterfall").GetProperty("campaigns").EnumerateArray())
        {
            Steps(campaign.GetProperty("steps"), null);
        }

        var budget = plan.GetProperty("constraints")[0];
        Assert.True(budget.GetProperty("use").GetDouble() <= 30);
        Assert.True(budget.GetProperty("binding").GetBoolean());
        Assert.Contains("One more dollar of budget is worth $", budget.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(plan.GetProperty("totals").GetProperty("sends").GetInt32(), plan.GetProperty("sendHours").EnumerateArray().Sum(hour => hour.GetInt32()));
        Assert.Equal(0, plan.GetProperty("sendHours")[22].GetInt32());
        Assert.Equal(6, plan.GetProperty("digests").EnumerateObject().Count());
        await ProbabilitiesAsync(retailer, run);
    }

    [Fact]
    public async Task Solve_WithTheSameSeed_GivesTheSameDigests()
    {
        var retailer = await Retailer.OpenAsync(application, 300);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")];
        string Digests(JsonElement run) => run.GetProperty("plan").GetProperty("digests").GetRawText();
        var first = await SolveAsync(retailer, Specification(campaigns, "10.00", seed: 5));
        var second = await SolveAsync(retailer, Specification(campaigns, "10.00", seed: 5));
        var other = await SolveAsync(retailer, Specification(campaigns, "10.00", seed: 6));
        Assert.Equal(Digests(first), Digests(second));
        Assert.NotEqual(Digests(first), Digests(other));
        Assert.Contains(
            second.GetProperty("plan").GetProperty("comparisons").EnumerateArray(), comparison => comparison.GetProperty("policy").GetString() == "previousPlan");
    }

    [Fact]
    public async Task Solve_WithoutEvidence_ProposesARandomisedSendAndAllocatesNoValue()
    {
        var retailer = await Retailer.OpenAsync(application, 400);
        await retailer.FreezeAsync();
        var run = await SolveAsync(retailer, Specification([await retailer.DraftAsync("novel")], "40.00", exploration: 0.05));
        var plan = run.GetProperty("plan");
        var proposal = plan.GetProperty("proposals")[0];
        Assert.True(proposal.GetProperty("membersPerArm").GetInt32() > 0);
        Assert.Contains("Nobody knows yet whether 'Campaign novel' adds anything", proposal.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            plan.GetProperty("exploration").GetProperty("sends").GetInt32(), plan.GetProperty("totals").GetProperty("sends").GetInt32());
    }

    [Fact]
    public async Task Solve_WithBandsThatContradictTheBudget_FailsAndNamesTheRules()
    {
        var retailer = await Retailer.OpenAsync(application, 300);
        await retailer.FreezeAsync();
        var created = await retailer.Tenant.PostAsync(
            "/v1/planningRuns", Specification([await retailer.DraftAsync("mens")], "5.00", exploration: 0, lines: [new { line = "mens", minimum = 100 }]));
        var operation = await retailer.Tenant.RunAsync($"/v1/{created.GetProperty("name").GetString()}:solve", new { }, "FAILED");
        var error = operation.GetProperty("error");
        Assert.Equal("infeasible-plan", error.GetProperty("code").GetString());
        var pointers = error.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ToList();
        Assert.Contains("/lines/0/minimum", pointers);
        Assert.Contains("/budget/amount", pointers);
    }

    [Fact]
    public async Task Apply_Twice_WritesTheLedgerOnceAndCapsTheNextPlan()
    {
        var retailer = await Retailer.OpenAsync(application, 300);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")];
        var run = await SolveAsync(retailer, Specification(campaigns, "10.00"));
        var sends = run.GetProperty("plan").GetProperty("totals").GetProperty("sends").GetInt32();
        var path = $"/v1/{run.GetProperty("name").GetString()}:apply";
        Assert.Equal(sends, (await retailer.Tenant.PostAsync(path, new { })).GetProperty("plannedSends").GetInt32());
        Assert.Equal(0, (await retailer.Tenant.PostAsync(path, new { })).GetProperty("plannedSends").GetInt32());

        var next = await SolveAsync(retailer, Specification(campaigns, "10.00"));
        Assert.Equal(sends, next.GetProperty("plan").GetProperty("waterfall").GetProperty("steps")[2].GetProperty("removed").GetInt32());
    }

    [Fact]
    public async Task Solve_AfterAPlanOfTheSameCampaign_LeavesOutWhomItReached()
    {
        var retailer = await Retailer.OpenAsync(application, 300, withoutConsent: 20);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens")];
        var first = await SolveAsync(retailer, Specification(campaigns, "10.00"));
        var applied = await retailer.Tenant.PostAsync($"/v1/{first.GetProperty("name").GetString()}:apply", new { });
        var reached = applied.GetProperty("plannedSends").GetInt32();

        var next = await SolveAsync(retailer, Specification(campaigns, "10.00"));
        var plan = next.GetProperty("plan");
        var steps = plan.GetProperty("waterfall").GetProperty("steps");
        Steps(steps, plan.GetProperty("totals").GetProperty("sends").GetInt32());
        Assert.Equal(reached, steps[1].GetProperty("reasons").GetProperty("alreadyPlanned").GetInt32());
        Assert.Equal(20, steps[1].GetProperty("reasons").GetProperty("noConsent").GetInt32());
        var more = plan.GetProperty("totals").GetProperty("sends").GetInt32();
        Assert.True(more > 0);

        var name = next.GetProperty("name").GetString();
        var spare = (await SolveAsync(retailer, Specification(campaigns, "10.00"))).GetProperty("name").GetString();
        Assert.Equal(more, (await retailer.Tenant.PostAsync($"/v1/{name}:apply", new { })).GetProperty("plannedSends").GetInt32());
        await retailer.Tenant.PostAsync($"/v1/{campaigns[0]}:cancel", new { });
        using var late = await retailer.Tenant.SendAsync(HttpMethod.Post, $"/v1/{spare}:apply", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Equal("not-ready", (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Evaluate_OnOutcomesThatFollowTheModel_FindsThePlanBetterThanChance()
    {
        var retailer = await Retailer.OpenAsync(application, Members);
        await retailer.FreezeAsync();
        string[] campaigns = [await retailer.DraftAsync("mens"), await retailer.DraftAsync("womens")];
        var name = (await SolveAsync(retailer, Specification(campaigns, "30.00"))).GetProperty("name").GetString();
        await retailer.Tenant.RunAsync($"/v1/{name}:evaluate", new { experiment = Retailer.Experiment });
        var evaluation = (await retailer.Tenant.GetAsync($"/v1/{name}")).GetProperty("evaluation");
        var spend = evaluation.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "spend");
        var contrast = spend.GetProperty("contrasts").EnumerateArray().Single(c => c.GetProperty("second").GetString() == "randomAtEqualVolume");

        // 300 mails go where they add nearly 4 each; at random they add 2: about 0.5 of a dollar per member in the plan.
        var gain = contrast.GetProperty("doublyRobust").GetProperty("value").GetDouble();
        Assert.InRange(gain, 0.3, 0.6);
        Assert.Contains(
            evaluation.GetProperty("summary").EnumerateArray(), s => s.GetString()!.StartsWith("spend: the plan is better than as many mails at random", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_ThatCannotBePlanned_AreRefusedWithTheirPointers()
    {
        var retailer = await Retailer.OpenAsync(application, 20);
        var mens = await retailer.DraftAsync("mens");
        var ads = (await retailer.Tenant.PostAsync("/v1/campaigns", retailer.Campaign("womens", channel: "ads"))).GetProperty("name").GetString()!;
        using var response = await retailer.Tenant.SendAsync(HttpMethod.Post, "/v1/planningRuns", new
        {
            displayName = "Bad",
            campaigns = new[] { ads, mens },
            model = Retailer.Model,
            budget = new { amount = "10.00", currency = "EUR" },
            horizon = "P99999999999D",
        });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["/budget/currency", "/campaigns/0", "/horizon"], pointers);

        var created = await retailer.Tenant.PostAsync("/v1/planningRuns", Specification([mens], "1.00"));
        var name = created.GetProperty("name").GetString();
        using var early = await retailer.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:apply", new { });
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        var stranger = await application.CreateTenantAsync();
        using var foreign = await stranger.Client.GetAsync(new Uri($"/v1/{name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    private static object Specification(string[] campaigns, string budget, long seed = 1, double exploration = 0.02, object[]? lines = null) => new
    {
        displayName = "Spring",
        campaigns,
        model = Retailer.Model,
        budget = new { amount = budget, currency = "USD" },
        horizon = "P14D",
        explorationShare = exploration,
        seed,
        lines = lines ?? [],
    };

    private static async Task<JsonElement> SolveAsync(Retailer retailer, object specification)
    {
        var name = (await retailer.Tenant.PostAsync("/v1/planningRuns", specification)).GetProperty("name").GetString();
        await retailer.Tenant.RunAsync($"/v1/{name}:solve", new { });
        return await retailer.Tenant.GetAsync($"/v1/{name}");
    }

    private static void Steps(JsonElement steps, int? chosen)
    {
        var left = steps[0].GetProperty("left").GetInt32();
        foreach (var step in steps.EnumerateArray())
        {
            left -= step.GetProperty("removed").GetInt32();
            Assert.Equal(left, step.GetProperty("left").GetInt32());
        }

        Assert.Equal(chosen ?? left, left);
    }

    private static async Task ProbabilitiesAsync(Retailer retailer, JsonElement run)
    {
        var path = $"/v1/{run.GetProperty("name").GetString()}/allocations";
        var page = await retailer.Tenant.GetAsync($"{path}?pageSize=1000");
        var rows = page.GetProperty("items").EnumerateArray().ToList();
        var holdout = run.GetProperty("plan").GetProperty("waterfall").GetProperty("steps")[3].GetProperty("left").GetInt32();
        Assert.Equal(holdout, rows.Count);
        foreach (var row in rows.Take(5))
        {
            var explained = await retailer.Tenant.GetAsync($"{path}/{row.GetProperty("member").GetString()!["members/".Length..]}");
            var options = explained.GetProperty("options").EnumerateArray().Sum(option => option.GetProperty("propensity").GetDouble());
            Assert.Equal(1, options + explained.GetProperty("noSendPropensity").GetDouble(), 9);
            Assert.NotEmpty(explained.GetProperty("sentence").GetString()!);
        }

        // 2 % of 900 members: 18 expected; 60 would be ten standard deviations off.
        Assert.InRange(rows.Count(row => row.GetProperty("explored").GetBoolean()), 1, 60);
        Assert.All(rows, row => Assert.InRange(row.GetProperty("propensity").GetDouble(), 0.02 / 3 - 1e-12, 1));
    }
}
