using Noah.Heuristics.Pacing;

namespace Noah.Heuristics.Tests.Pacing;

public sealed class PacingControllerTests(ITestOutputHelper output)
{
    [Fact]
    public void Next_FollowsTheFormulaByHand()
    {
        // B = 1000 over 10 rounds, κ 0.5, α 0.5. Round 0 plans 100 and spends 60: r̂ = 0.5 · 0.6 + 0.5 = 0.8, e = 100 − 60 = 40,
        // C = (100 + 20) / 0.8 = 150.
        var controller = PacingController.Even(1000, 10, new PacingOptions(Gain: 0.5, RatioSmoothing: 0.5));
        Assert.Equal(100, controller.Start().PlannedSpend, 1e-12);
        var state = controller.Next(controller.Start(), actualSpend: 60, predictedSpend: 100);
        Assert.Equal((1, 60.0, 0.8), (state.Round, state.CumulativeSpend, state.RealisationRatio));
        Assert.Equal(150, state.PlannedSpend, 1e-12);
    }

    [Fact]
    public void Next_ClipsToItsLimits()
    {
        var controller = PacingController.Even(1000, 10, new PacingOptions(MinimumSpend: 90, MaximumSpend: 110));
        Assert.Equal(110, controller.Next(controller.Start(), 0, 100).PlannedSpend);
        Assert.Equal(90, controller.Next(controller.Start(), 400, 400).PlannedSpend);
    }

    [Fact]
    public void Next_WithinTheDeadBand_KeepsTheCurvesStep()
    {
        var controller = PacingController.Even(1000, 10, new PacingOptions(DeadBand: 0.01));
        Assert.Equal(100, controller.Next(controller.Start(), 95, 95).PlannedSpend, 1e-12);
    }

    [Fact]
    public void Next_OnceTheBudgetIsSpent_PlansNothing()
    {
        var controller = PacingController.Even(1000, 10, new PacingOptions(MinimumSpend: 90));
        Assert.Equal(0, controller.Next(controller.Start(), 1000, 100).PlannedSpend);
    }

    [Fact]
    public void Next_NeverPlansMoreThanIsLeft()
    {
        var controller = PacingController.Even(1000, 10, new PacingOptions(MinimumSpend: 90));
        Assert.Equal(50, controller.Next(controller.Start(), 950, 950).PlannedSpend);
    }

    [Theory]
    [InlineData(0.55)]
    [InlineData(0.8)]
    [InlineData(1.25)]
    public void Spend_InAClosedLoopWithNoisyDelivery_ConvergesToTheBudget(double delivery)
    {
        // A share of the planned money is really spent, drifting by a fifth over the flight and with 15 % noise a round.
        var random = new Random(4);
        var controller = PacingController.Even(10_000, 40);
        var state = controller.Start();
        var worst = 0.0;
        while (state.PlannedSpend > 0)
        {
            var drift = 1 - (0.2 * state.Round / 40);
            var spend = state.PlannedSpend * delivery * drift * (0.85 + (0.3 * random.NextDouble()));
            state = controller.Next(state, spend, state.PlannedSpend);
            worst = Math.Max(worst, state.Round > 8 ? Math.Abs(state.CumulativeSpend - (10_000 * state.Round / 40.0)) : 0);
        }

        output.WriteLine($"delivery {delivery}: spent {state.CumulativeSpend:F0} of 10000, largest error after round 8 {worst:F0}");
        Assert.Equal(40, state.Round);
        Assert.InRange(worst, 0, 100);
        Assert.InRange(state.CumulativeSpend, 9_900, 10_100);
    }

    [Fact]
    public void Controller_WithArgumentsOutsideTheirInterval_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingController.Even(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingController.Even(1, 0));
        Assert.Throws<ArgumentException>(() => new PacingController(1, [0.5, 0.4, 1]));
        Assert.Throws<ArgumentException>(() => new PacingController(1, [0.5, 0.9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingController.Even(1, 1, new PacingOptions(Gain: 0)));
        var controller = PacingController.Even(1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => controller.Next(controller.Start(), -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => controller.Next(controller.Start(), 1, double.NaN));
    }
}
