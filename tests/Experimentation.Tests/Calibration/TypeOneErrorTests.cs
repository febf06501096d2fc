using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Calibration;

/// <summary>
/// Marketing nulls of the research note (section 7.3): 1 % or 0.1 % conversion, lognormal(3, 1.5) amounts. The fast study runs
/// everywhere with the binomial bounds of 1,000 runs; the slow one with those of 10,000 compares the rates with the note's.
/// </summary>
public sealed class TypeOneErrorTests
{
    private static readonly double[] PriceTiers = [10, 20, 50];

    [Theory]
    [InlineData(20_000, 20_000, 0.01, false, 0.039)]
    [InlineData(36_000, 4_000, 0.01, false, 0.120)]
    [InlineData(36_000, 4_000, 0.001, false, 0.206)]
    [InlineData(4_000, 36_000, 0.001, false, 0.201)]
    [InlineData(20_000, 20_000, 0.01, true, 0.051)]
    public void RankTests_UnderMarketingNulls_HoldTheirLevel(int control, int treatment, double rate, bool tiers, double welch) =>
        Check(1_000, control, treatment, rate, tiers, welch, null);

    [Theory]
    [Trait("Size", "Slow")]
    [InlineData(20_000, 20_000, 0.01, false, 0.039, 0.050)]
    [InlineData(36_000, 4_000, 0.01, false, 0.120, 0.056)]
    [InlineData(36_000, 4_000, 0.001, false, 0.206, 0.086)]
    [InlineData(4_000, 36_000, 0.001, false, 0.201, 0.084)]
    [InlineData(20_000, 20_000, 0.01, true, 0.051, 0.042)]
    public void RankTests_UnderMarketingNulls_HoldTheirLevelOverTenThousandRuns(
        int control, int treatment, double rate, bool tiers, double welch, double published) =>
        Check(10_000, control, treatment, rate, tiers, welch, published);

    // Authors' design (section 7.2): type I .055 for lognormal and .054 for Cauchy amounts, n = 200, 20 % positives.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ZeroTrimmedU_UnderTheAuthorsNull_HoldsItsLevel(bool cauchy)
    {
        Func<Random, double> amount = cauchy ? r => Draw.AbsoluteCauchy(r, 0) : r => Draw.LogNormal(r, 0, 5);
        ZeroInflatedSample Arm(Random random) => Draw.ZeroInflated(random, 200, 0.2, amount);
        var study = RejectionStudy.Of(2_000, 71, Arm, Arm);
        Assert.InRange(study.Pooled, 0.05 - RejectionStudy.Slack(0.05, 2_000), 0.055 + RejectionStudy.Slack(0.055, 2_000));
        Assert.InRange(study.MannWhitney, 0.05 - RejectionStudy.Slack(0.05, 2_000), 0.05 + RejectionStudy.Slack(0.05, 2_000));
    }

    private static void Check(int runs, int control, int treatment, double rate, bool tiers, double welch, double? published)
    {
        Func<Random, double> amount = tiers ? r => PriceTiers[r.Next(3)] : r => Draw.LogNormal(r, 3, 1.5);
        var study = RejectionStudy.Of(
            runs, 70, r => Draw.ZeroInflated(r, treatment, rate, amount), r => Draw.ZeroInflated(r, control, rate, amount));
        TestContext.Current.TestOutputHelper?.WriteLine($"{control}/{treatment} {rate} {runs}: {study}");

        // The small-count cells are conservative by discreteness, down to .041 in the note's table.
        var low = 0.041 - RejectionStudy.Slack(0.041, runs);
        var high = 0.052 + RejectionStudy.Slack(0.052, runs);
        Assert.InRange(study.Pooled, low, high);
        Assert.InRange(study.Recommended, low, high);
        Assert.InRange(study.MannWhitney, low, high);
        Assert.InRange(study.TwoPart, low, high);
        Assert.InRange(study.Welch, welch - RejectionStudy.Slack(welch, runs) - 0.003, welch + RejectionStudy.Slack(welch, runs) + 0.003);
        if (published is { } figure)
        {
            Assert.InRange(study.Published, figure - RejectionStudy.Slack(figure, runs) - 0.003, figure + RejectionStudy.Slack(figure, runs) + 0.003);
        }
    }
}
