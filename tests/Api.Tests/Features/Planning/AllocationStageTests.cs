using Noah.Api.Features.Planning;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;
using Noah.Optimization.Duals;

namespace Noah.Api.Tests.Features.Planning;

public sealed class AllocationStageTests
{
    private const int Members = 4000;
    private const double Share = 0.05;

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 0.35)]
    [InlineData(4, 100_000)]
    public void Run_WithAnySeedAndBudget_KeepsTheBudgetAndKnowsEveryProbability(ulong seed, double budget)
    {
        var output = Run(Terms(seed, (decimal)budget, budget < 1 ? 0 : Share));
        Assert.True(output.Choices.Count(choice => choice != AllocationOutput.NoSend) * 0.10m <= (decimal)budget);
        for (var m = 0; m < Members; m++)
        {
            var row = output.Propensities.AsSpan(m * 3, 3);
            Assert.Equal(1, row[0] + row[1] + row[2], 9);
            Assert.True(row[1 + output.Choices[m]] > 0);
        }
    }

    [Fact]
    public void Run_OverManyMembers_ExploresItsShareEvenlyOverTheirActions()
    {
        var output = Run(Terms(7, 40, Share));
        int[] explorers = [.. Enumerable.Range(0, Members).Where(m => output.Explored[m] == 1)];

        // Binomial bounds of four standard deviations: 200 ± 55 explorers, a third of them with each decision.
        Assert.InRange(explorers.Length, 145, 255);
        foreach (var choice in new[] { -1, 0, 1 })
        {
            Assert.InRange(explorers.Count(m => output.Choices[m] == choice), explorers.Length / 3 - 35, explorers.Length / 3 + 35);
        }

        // Whoever does not explore keeps the exploration's probability for what was not chosen.
        Assert.All(
            Enumerable.Range(0, Members).Where(m => output.Explored[m] == 0 && output.Choices[m] == 1),
            m => Assert.Equal(Share / 3, output.Propensities[(m * 3) + 1], 9));
    }

    [Fact]
    public void Run_WhereAllMembersAreWorthTheSame_DoesNotPreferThoseWhoCameFirst()
    {
        var output = Run(Terms(1, 40, 0), worth: _ => 1);
        var early = Enumerable.Range(0, Members / 2).Count(m => output.Choices[m] != AllocationOutput.NoSend);

        // 400 sends, half of them expected in each half of the members, ± four standard deviations.
        Assert.InRange(early, 160, 240);
    }

    [Fact]
    public void Run_WithAMinimumThatTheBudgetCannotBuy_NamesBothAndByHowMuch()
    {
        var terms = Terms(1, 40, 0) with { Lines = [new LineBand("mens", Minimum: 500)] };
        var refusal = Assert.Throws<ProblemException>(() => Run(terms));
        Assert.Equal(ProblemType.InfeasiblePlan, refusal.Type);

        // Forty dollars buy 400 of the 500 sends, at ten cents each.
        Assert.Equal(
            [("/budget/amount", "The budget of $40.00 would have to give way by $10.00."), ("/lines/0/minimum", "The minimum of 500 sends for 'line mens' would have to give way by 100 sends.")],
            refusal.Errors.Select(error => (error.Pointer, error.Message)).Order());
        Assert.Contains("These two rules can't hold together", refusal.Message, StringComparison.Ordinal);
    }

    private static AllocationOutput Run(PlanningTerms terms, Func<int, double>? worth = null)
    {
        worth ??= m => (m % 97 / 50.0) - 0.4;
        PlanCampaign Campaign(string line) => new(Guid.CreateVersion7(), line, line, line, 0.10m, 0.5, default, default);
        var counts = new EligibilityCounts(Members, Members, Members, Members, []);
        var eligible = new EligibilityOutput(
            [Campaign("mens"), Campaign("womens")],
            [.. Enumerable.Range(0, Members).Select(m => Guid.Parse($"01900000-0000-7000-8000-{m:x12}"))],
            [.. Enumerable.Repeat(3u, Members)],
            ["UTC"],
            new int[Members],
            counts,
            [counts, counts]);
        double[] values = [.. Enumerable.Range(0, Members).SelectMany(m => new[] { worth(m), worth(m) / 2 })];
        var evidence = new CampaignEvidence("individual", 1, 0.5, 1.5);
        return AllocationStage.Run(terms, eligible, new ScoresOutput(values, values, [evidence, evidence], [], 0, null), new DualSolver(), null, CancellationToken.None);
    }

    private static PlanningTerms Terms(ulong seed, decimal budget, double share) => new(
        [], Guid.Empty, budget, "USD", 1, TimeSpan.FromDays(14), share, 0, null, [.. Enumerable.Repeat(true, 24)], seed, [], null);
}
