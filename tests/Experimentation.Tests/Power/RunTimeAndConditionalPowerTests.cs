using MathNet.Numerics.Distributions;
using Noah.Experimentation.Power;

namespace Noah.Experimentation.Tests.Power;

public sealed class RunTimeAndConditionalPowerTests
{
    private static readonly double[] SquareRoot = [.. Enumerable.Range(1, 28).Select(day => 1_000 * Math.Sqrt(day))];

    [Fact]
    public void RunTime_WithinTheHistory_ReadsTheCurve()
    {
        Assert.Equal(new RunTimeEstimate(RunTimeStatus.Observed, 9, 12, null), RunTime.Of(SquareRoot, 3_000, maturityDays: 3));
        Assert.Equal(16, RunTime.Of(SquareRoot, 2_000, share: 0.5).Days);
    }

    // A power law is its own extrapolation: 1000 √t = 7000 at day 49; a line through day 28 would say 37.
    [Fact]
    public void RunTime_BeyondTheHistory_FollowsItsGrowth()
    {
        var estimate = RunTime.Of(SquareRoot, 7_000);
        Assert.Equal((RunTimeStatus.Extrapolated, 49), (estimate.Status, estimate.Days));
        Assert.Equal(0.5, estimate.Exponent!.Value, 1e-10);
        Assert.Equal(RunTimeStatus.OutOfReach, RunTime.Of(SquareRoot, 10_000).Status);
        double[] saturated = [.. Enumerable.Range(1, 14).Select(day => (double)Math.Min(day, 5))];
        var never = RunTime.Of(saturated, 6);
        Assert.Equal((RunTimeStatus.OutOfReach, null), (never.Status, never.Days));
        Assert.Equal(0, never.Exponent!.Value, 1e-12);
    }

    [Fact]
    public void RunTime_WithBadInput_NamesIt()
    {
        Assert.Throws<ArgumentException>("cumulativeMembers", () => RunTime.Of([1, 2, 3], 10));
        Assert.Throws<ArgumentException>("cumulativeMembers", () => RunTime.Of([1, 2, 3, 2, 5, 6, 7], 10));
        Assert.Throws<ArgumentException>("cumulativeMembers", () => RunTime.Of(new double[8], 10));
        Assert.Throws<ArgumentOutOfRangeException>("members", () => RunTime.Of(SquareRoot, 0));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => RunTime.Of(SquareRoot, 1, 0));
    }

    // Conditional power integrated over the drift's posterior, by a fine sum.
    [Theory]
    [InlineData(1.2, 0.4, 0, 0)]
    [InlineData(-0.5, 0.7, 2.8, 0.3)]
    public void Predictive_IsConditionalPowerOverThePosterior(double z, double share, double prior, double weight)
    {
        var mean = ((z * Math.Sqrt(share)) + (prior * weight)) / (share + weight);
        var deviation = 1 / Math.Sqrt(share + weight);
        double positive = 0, negative = 0;
        const int Steps = 20_000;
        for (var i = 0; i < Steps; i++)
        {
            var u = -9 + (18 * (i + 0.5) / Steps);
            var given = ConditionalPower.Given(z, share, mean + (deviation * u));
            var density = Normal.PDF(0, 1, u) * 18 / Steps;
            (positive, negative) = (positive + (density * given.Positive), negative + (density * given.Negative));
        }

        var predictive = ConditionalPower.Predictive(z, share, prior, weight);
        Assert.Equal(positive, predictive.Positive, 1e-8);
        Assert.Equal(negative, predictive.Negative, 1e-8);
    }

    // Lan and Wittes: at half the information with z = 1 under the trend, B = 0.7071, drift 1.4142: 1 − Φ((1.96 − 1.4142)/0.7071) = 0.22.
    [Fact]
    public void Given_UnderTheTrend_EqualsTheClosedForm()
    {
        var result = ConditionalPower.Given(1, 0.5, 1 / Math.Sqrt(0.5));
        Assert.Equal(1 - Normal.CDF(0, 1, (1.959963984540054 - Math.Sqrt(2)) / Math.Sqrt(0.5)), result.Positive, 1e-12);
        Assert.Equal(result.Positive + result.Negative, result.Total);
        Assert.True(result.Negative < 1e-5);
    }

    [Fact]
    public void ConditionalPower_WithBadInput_NamesIt()
    {
        Assert.Throws<ArgumentOutOfRangeException>("z", () => ConditionalPower.Given(double.NaN, 0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => ConditionalPower.Given(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("critical", () => ConditionalPower.Given(1, 0.5, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("priorWeight", () => ConditionalPower.Predictive(1, 0.5, 0, -1));
    }
}
