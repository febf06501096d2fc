using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Calibration;

/// <summary>Power table of the research note (section 7.3): n = 200, 20 % positives in control, amounts with sigma 5, 10,000 runs there.</summary>
public sealed class PowerTests
{
    [Theory]
    [InlineData(0.1, 0, false, .538, .629, .539, .642)]
    [InlineData(0.1, 1, false, .711, .686, .609, .642)]
    [InlineData(0.1, 2, false, .848, .737, .772, .642)]
    [InlineData(0, 2, false, .148, .056, .307, .052)]
    [InlineData(0, 2, true, .340, .063, .764, .049)]
    public void Power_OverTwoThousandRuns_EqualsTheTable(
        double rateGain, double shift, bool cauchy, double trimmed, double ranks, double twoPart, double proportion) =>
        Check(2_000, rateGain, shift, cauchy, trimmed, ranks, twoPart, proportion);

    [Theory]
    [Trait("Size", "Slow")]
    [InlineData(0.1, 0, false, .538, .629, .539, .642)]
    [InlineData(0.1, 1, false, .711, .686, .609, .642)]
    [InlineData(0.1, 2, false, .848, .737, .772, .642)]
    [InlineData(0, 2, false, .148, .056, .307, .052)]
    [InlineData(0, 2, true, .340, .063, .764, .049)]
    public void Power_OverTenThousandRuns_EqualsTheTable(
        double rateGain, double shift, bool cauchy, double trimmed, double ranks, double twoPart, double proportion) =>
        Check(10_000, rateGain, shift, cauchy, trimmed, ranks, twoPart, proportion);

    // Superiority in the trimmed population for a pure shift of participation is 1 − (p₀/p₁)/2.
    [Fact]
    public void SuperiorityInterval_CoversTheTruth()
    {
        var study = RejectionStudy.Of(
            1_000, 91,
            r => Draw.ZeroInflated(r, 2_000, 0.06, a => Draw.LogNormal(a, 0, 2)),
            r => Draw.ZeroInflated(r, 3_000, 0.04, a => Draw.LogNormal(a, 0, 2)),
            1 - (0.04 / 0.06 / 2));
        Assert.InRange(study.Coverage, 0.95 - RejectionStudy.Slack(0.95, 1_000), 0.95 + RejectionStudy.Slack(0.95, 1_000));
    }

    [Fact]
    public void SuperiorityInterval_AtTheKinkOfEqualRates_Covers()
    {
        ZeroInflatedSample Arm(Random random) => Draw.ZeroInflated(random, 2_000, 0.05, a => Draw.LogNormal(a, 0, 2));
        var study = RejectionStudy.Of(1_000, 92, Arm, Arm);
        Assert.InRange(study.Coverage, 0.95 - RejectionStudy.Slack(0.95, 1_000), 0.95 + RejectionStudy.Slack(0.95, 1_000));
    }

    private static void Check(
        int runs, double rateGain, double shift, bool cauchy, double trimmed, double ranks, double twoPart, double proportion)
    {
        Func<double, Func<Random, double>> amount = cauchy ? m => r => Draw.AbsoluteCauchy(r, m) : m => r => Draw.LogNormal(r, m, 5);
        var study = RejectionStudy.Of(
            runs, 90, r => Draw.ZeroInflated(r, 200, 0.2 + rateGain, amount(shift)), r => Draw.ZeroInflated(r, 200, 0.2, amount(0)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{rateGain} {shift} {runs}: {study}");
        Near(trimmed, study.Pooled);
        Near(ranks, study.MannWhitney);
        Near(twoPart, study.TwoPart);
        Near(proportion, study.Proportion);

        // The table has noise of its own, from 10,000 runs.
        void Near(double table, double measured)
        {
            var slack = double.Hypot(RejectionStudy.Slack(table, runs), RejectionStudy.Slack(table, 10_000)) + 0.002;
            Assert.InRange(measured, table - slack, table + slack);
        }
    }
}
