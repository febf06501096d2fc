using Noah.Optimization.Online;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Online;

public sealed class ConsumptionDriftTests
{
    [Fact]
    public void Planned_OfTheKnapsack_HasTheBernoulliVariance()
    {
        var program = ReferencePrograms.Knapsack();
        Assert.True(new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var allocation));
        var planned = Assert.Single(PlannedUse.Of(program, allocation));
        // Units 1 and 2 cost 2 for sure; unit 0 costs 2 or 4 with probability ½ each: Σ a²x = 4 + 4 + ½·4 + ½·16 = 18, Σ a²x² = 4 + 4 + 1 + 4 = 13.
        Assert.Equal((7.0, 18.0, 13.0), (Math.Round(planned.Use, 9), Math.Round(planned.SumOfSquares, 9), Math.Round(planned.SumOfSquaredMeans, 9)));
        Assert.Equal(5, planned.Variance(1), 1e-9);
        Assert.Equal(9 - 3.25, planned.Variance(0.5), 1e-9);
    }

    // 400 sure sends at a cost of 2: at half time 400 is due, with a standard deviation of sqrt(4 · 400 · ½ · ½) = 20.
    [Theory]
    [InlineData(400, DriftStatus.OnPlan, 1, 0)]
    [InlineData(455, DriftStatus.TooEarly, 1.1375, 2.75)] // beyond 5 %, within chance, and 5 % could not be told from chance
    [InlineData(470, DriftStatus.Over, 1.175, 3.5)]
    [InlineData(330, DriftStatus.Under, 0.825, -3.5)]
    public void Of_HalfWay_JudgesByToleranceAndChance(double actual, DriftStatus status, double ratio, double z)
    {
        var options = actual == 400 ? new DriftOptions(RelativeTolerance: 0.15) : new DriftOptions();
        var drift = Assert.Single(ConsumptionDrift.Of([Row(1.5)], [actual], 0.5, null, options).Rows);
        Assert.Equal((status, ratio, z), (drift.Status, Math.Round(drift.Ratio!.Value, 9), Math.Round(drift.Z!.Value, 9)));
        Assert.Equal(actual * 2, drift.Projected!.Value, 1e-9);
    }

    [Fact]
    public void Of_EarlyOn_SaysNothing()
    {
        var drift = ConsumptionDrift.Of([Row(1.5)], [300], 0.01);
        Assert.Equal(DriftStatus.TooEarly, Assert.Single(drift.Rows).Status);
        Assert.Equal(DriftRecommendation.Keep, drift.Recommendation);
        Assert.Null(Assert.Single(ConsumptionDrift.Of([Row(1.5)], [0], 0).Rows).Ratio);
    }

    [Fact]
    public void Recommendation_DependsOnWhetherTheRowMatters()
    {
        // Without a price and far from its bound a departure changes nothing.
        Assert.Equal(DriftRecommendation.Keep, ConsumptionDrift.Of([Row(0, upper: 2000)], [600], 0.5).Recommendation);
        var priced = ConsumptionDrift.Of([Row(1.5, upper: 2000)], [600], 0.5);
        Assert.Equal(DriftRecommendation.Resolve, priced.Recommendation);
        Assert.Equal("'budget': 600 used by now is 1.50 times the plan; its price no longer fits.", Assert.Single(priced.Reasons));
        var breaking = ConsumptionDrift.Of([Row(0, upper: 900)], [600], 0.5);
        Assert.Equal("'budget': 600 used by now is 1.50 times the plan; heads for a broken bound.", Assert.Single(breaking.Reasons));
        var scores = new ScoreDrift(ScoreShift.Major, 0.3, 0.2, 1e-9);
        var moved = ConsumptionDrift.Of([Row(1.5)], [400], 0.5, scores);
        Assert.Equal((DriftRecommendation.Resolve, 1), (moved.Recommendation, moved.Reasons.Count));
        Assert.Equal(DriftRecommendation.Keep, ConsumptionDrift.Of([Row(1.5)], [400], 0.5, new ScoreDrift(ScoreShift.Moderate, 0.15, 0.1, 0.2)).Recommendation);
    }

    [Fact]
    public void Of_ARowThatWasNotPlannedFor_IsOver()
    {
        var row = new BookedRow("new", RowKind.CostBudget, null, 100, 2, new PlannedUse(0, 0, 0));
        var drift = ConsumptionDrift.Of([row], [5], 0.5);
        Assert.Equal((DriftStatus.Over, null, null), (drift.Rows[0].Status, drift.Rows[0].Ratio, drift.Rows[0].Z));
        Assert.Equal("'new': 5 used by now is not in the plan; its price no longer fits.", Assert.Single(drift.Reasons));
    }

    [Fact]
    public void Of_WithAWrongCall_NamesTheParameter()
    {
        Assert.Equal("actual", Assert.Throws<ArgumentException>(() => ConsumptionDrift.Of([Row(1)], [], 0.5)).ParamName);
        Assert.Equal("actual", Assert.Throws<ArgumentException>(() => ConsumptionDrift.Of([Row(1)], [-1], 0.5)).ParamName);
        Assert.Equal("share", Assert.Throws<ArgumentOutOfRangeException>(() => ConsumptionDrift.Of([Row(1)], [1], 1.5)).ParamName);
        Assert.Equal("ZThreshold", Assert.Throws<ArgumentOutOfRangeException>(() => ConsumptionDrift.Of([Row(1)], [1], 1, null, new DriftOptions(ZThreshold: 0))).ParamName);
    }

    private static BookedRow Row(double price, double upper = 800) =>
        new("budget", RowKind.CostBudget, null, upper, price, new PlannedUse(800, 1600, 1600));
}
