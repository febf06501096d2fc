using Noah.Optimization.Explanations;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Explanations;

public sealed class PlanExplanationTests
{
    [Fact]
    public void Of_TheKnapsack_ComparesWithSendToAllAndRandom()
    {
        var explanation = Explain(ReferencePrograms.Knapsack());
        Assert.Equal(16.5, explanation.Plan.Value, 1e-9);
        // Best values 9 + 6 + 4 (the tie of unit 2 goes to action 0) cost 4 + 4 + 2 = 10.
        Assert.Equal((19.0, 3.0, 3.0), (explanation.SendToAll.Value, explanation.SendToAll.Rows[0].Violation, explanation.SendToAll.ExpectedActions));
        Assert.False(explanation.SendToAll.KeepsRules);
        // Half of each action: value (6 + 9 + 5 + 6 + 4 + 4) / 2 = 17 at cost 9, scaled by 7/9.
        Assert.Equal(17 * 7 / 9.0, explanation.RandomAtEqualRules.Value, 1e-9);
        Assert.True(explanation.RandomAtEqualRules.KeepsRules);
        Assert.Equal(19, explanation.BestWithoutRules, 1e-12);
        var budget = Assert.Single(explanation.BindingRules);
        Assert.Equal(("budget", BoundSide.Upper, 1.5), (budget.Name, budget.Side, Math.Round(budget.PricePerUnit, 9)));
        Assert.Equal(0, budget.Slack!.Value, 1e-9);
        // Without its only row the program is worth 19.
        Assert.Equal(2.5, budget.DroppingIsWorthAtMost, 1e-9);
    }

    [Fact]
    public void PricePerUnit_OfTheBudget_IsWhatOneMoreDollarAdds()
    {
        var program = ReferencePrograms.Mailing(4000, 4, seed: 21, lowerShare: 0, upperShare: 0.2);
        var price = Explain(program).Rules.Single(rule => rule.Name == "budget");
        var more = Explain(program.WithBounds(0, null, program.Rows[0].Upper + 1));
        Assert.True(price.IsBinding);
        Assert.True(price.PricePerUnit > 0.1);
        // The price falls as the budget grows: what the dollar adds lies between the prices before and after it.
        var later = more.Rules.Single(rule => rule.Name == "budget").PricePerUnit;
        Assert.InRange(more.Plan.Value - Explain(program).Plan.Value, later - 1e-9, price.PricePerUnit + 1e-9);
        Assert.InRange(later, 0.9 * price.PricePerUnit, price.PricePerUnit);
    }

    [Fact]
    public void DroppingIsWorthAtMost_IsNotBelowWhatDroppingGains()
    {
        var program = ReferencePrograms.Mailing(400, 4, seed: 3, lowerShare: 0.05, upperShare: 0.12);
        var explanation = Explain(program);
        Assert.Contains(explanation.Rules, rule => rule.Side == BoundSide.Lower && rule.PricePerUnit > 0);
        foreach (var rule in explanation.Rules)
        {
            var row = program.Rows.ToList().FindIndex(candidate => candidate.Name == rule.Name);
            var gain = Explain(program.WithBounds(row, null, null)).Plan.Value - explanation.Plan.Value;
            Assert.True(rule.DroppingIsWorthAtMost >= gain - 1e-6, $"{rule.Name}: {rule.DroppingIsWorthAtMost} < {gain}");
        }
    }

    [Fact]
    public void DroppingIsWorthAtMost_BeyondTheDearestRows_IsThatOfDroppingAllOfThem()
    {
        // 250 units of their own action, each worth more than its row lets through: unit i has the price i + 1 and uses half of what it would.
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < 250; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(unit, unit + 1);
        }

        for (var unit = 0; unit < 250; unit++)
        {
            builder.AddVolumeRow($"row {unit}", unit, null, 0.5);
        }

        var explanation = Explain(builder.Build());
        Assert.Equal(250 * 251 / 4.0, explanation.Plan.Value, 1e-9);
        foreach (var rule in explanation.Rules)
        {
            // The 50 cheapest together: Σ 1..50 / 2.
            var unit = int.Parse(rule.Name[4..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(unit < 50 ? 50 * 51 / 4.0 : (unit + 1) / 2.0, rule.DroppingIsWorthAtMost, 1e-9);
            Assert.Equal(0, rule.Slack!.Value, 1e-9);
        }
    }

    [Fact]
    public void Slack_IsTheRoomOnTheSideOfThePrice()
    {
        var lower = Assert.Single(Explain(ReferencePrograms.LowerVolume().WithBounds(0, 0.25, null)).Rules);
        Assert.Equal((BoundSide.Lower, 0.0), (lower.Side, Math.Round(lower.Slack!.Value, 9)));
        // Unit 2 is worth 4 either way, at a cost of 2 or 4.
        Assert.InRange(Assert.Single(Explain(ReferencePrograms.Knapsack(104)).Rules).Slack!.Value, 92, 94);
        Assert.Null(Assert.Single(Explain(ReferencePrograms.Knapsack().WithBounds(0, null, null)).Rules).Slack);
    }

    private static PlanExplanation Explain(AllocationProgram program)
    {
        Assert.True(new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var allocation));
        return PlanExplanation.Of(program, allocation);
    }
}
