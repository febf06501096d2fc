using Noah.Experimentation.Adjustment;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Resampling;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Adjustment;

public sealed class AdjustmentTests
{
    [Fact]
    public void Regression_DropsWhatOthersExplain()
    {
        var random = new Random(1);
        var treated = Enumerable.Range(0, 60).Select(i => i % 2 == 0).ToArray();
        double[] x = [.. Enumerable.Range(0, 60).SelectMany(_ =>
        {
            var a = Draw.Normal(random);
            return new[] { a, 7, (2 * a) + 1, Draw.Normal(random) };
        })];
        double[] y = [.. Enumerable.Range(0, 60).Select(i => x[4 * i] + Draw.Normal(random))];
        var result = RegressionAdjustment.Compare(y, treated, x);
        Assert.Equal([0, 3], result.Used);
        Assert.Equal(TestStatus.Computed, result.Status);
    }

    [Fact]
    public void Regression_WithoutCovariates_IsTheDifferenceOfMeans()
    {
        double[] y = [1, 2, 3, 4, 5, 9];
        var result = RegressionAdjustment.Compare(y, [true, false, true, false, true, false], []);
        Assert.Equal(3 - 5, result.Difference!.Value, 1e-12);

        // HC2 without covariates is the sum of both unbiased variances over n.
        Assert.Equal(Math.Sqrt((4 / 3.0) + (13 / 3.0)), result.StandardError!.Value, 1e-12);
    }

    // Repeat purchases: past orders drive both whether and how much, neither linearly.
    [Fact]
    public void HurdlePrediction_CutsVarianceWhereLinearCupedDoesNot()
    {
        var random = new Random(2);
        const int units = 20_000;
        var (y, x, treated) = (new double[units], new double[units], new bool[units]);
        for (var i = 0; i < units; i++)
        {
            x[i] = Draw.Normal(random);
            treated[i] = random.NextDouble() < 0.5;
            var chance = 1 / (1 + Math.Exp(6 - (3 * x[i])));
            y[i] = random.NextDouble() < chance ? Math.Exp((1.2 * x[i]) + (0.4 * Draw.Normal(random))) : 0;
        }

        var linear = RegressionAdjustment.Compare(y, treated, x).VarianceReduction!.Value;
        var hurdle = RegressionAdjustment.Compare(y, treated, HurdlePrediction.CrossFit(y, x)).VarianceReduction!.Value;
        Assert.True(hurdle > linear + 0.2, $"{linear} {hurdle}");
    }

    [Fact]
    public void Strata_WithChangedSplit_AvoidSimpsonsParadox()
    {
        // No effect; on day 2 everything is higher and most units are treated.
        var random = new Random(3);
        Moments Day(int count, double level) => Moments.Of([.. Enumerable.Range(0, count).Select(_ => level + Draw.Normal(random))]);
        Stratum[] days = [new("day 1", Day(500, 1), Day(4_500, 1)), new("day 2", Day(2_500, 3), Day(2_500, 3))];
        var result = StratifiedTest.Compare(days);
        Assert.True(result.SplitChanged);
        Assert.InRange(result.Difference!.Value, -0.15, 0.15);
        Assert.True(result.PValue > 0.001);
        var missing = StratifiedTest.Compare([.. days, new("day 3", Day(10, 1), default)]);
        Assert.Equal(StratifiedStatus.MissingArm, missing.Status);
        Assert.Equal(["day 3"], missing.Missing);
        Assert.Null(missing.PValue);
    }

    [Fact]
    public void Ratio_WithADenominatorNearZero_HasNoFiellerInterval()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 20).Select(_ => Draw.Normal(random))], y = [.. x.Select(_ => 1 + Draw.Normal(random))];
        var noisy = CovarianceMoments.Of(y, x);
        Assert.Null(RatioTest.FiellerInterval(noisy));
        Assert.Equal(TestStatus.TooFewObservations, RatioTest.Compare(noisy, default).Status);
        Assert.Equal(TestStatus.TooFewObservations, RatioTest.Compare(CovarianceMoments.Of([1.0, 2], [0.0, 0]), noisy).Status);
    }

    [Fact]
    public void GeneralizedU_WithoutCovariates_IsTheMannWhitneySuperiority()
    {
        var random = new Random(5);
        double[] y = [.. Enumerable.Range(0, 80).Select(_ => (double)random.Next(6))];
        bool[] treated = [.. Enumerable.Range(0, 80).Select(i => i % 3 == 0)];
        var result = GeneralizedU.Compare(y, treated, []);
        var ranks = MannWhitneyTest.Compare(
            ContinuousSample.FromValues([.. y.Where((_, i) => treated[i])]), ContinuousSample.FromValues([.. y.Where((_, i) => !treated[i])]));
        Assert.Equal(ranks.Superiority!.Value, result.Superiority!.Value, 1e-9);
        Assert.Equal(ranks.StandardError!.Value, result.StandardError!.Value, 0.1 * ranks.StandardError.Value);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1_000)]
    public void GeneralizedU_UnderConfounding_HoldsItsLevelAndCovers(int partners)
    {
        const int runs = 400;
        var random = new Random(6);
        int rejected = 0, plain = 0;
        for (var run = 0; run < runs; run++)
        {
            var (y, x, treated) = (new double[150], new double[150], new bool[150]);
            for (var i = 0; i < y.Length; i++)
            {
                x[i] = Draw.Normal(random);
                treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(-0.6 * x[i]));
                y[i] = x[i] + Draw.Normal(random);
            }

            rejected += GeneralizedU.Compare(y, treated, x, new() { Partners = partners }).PValue <= 0.05 ? 1 : 0;
            plain += MannWhitneyTest.Compare(
                ContinuousSample.FromValues([.. y.Where((_, i) => treated[i])]),
                ContinuousSample.FromValues([.. y.Where((_, i) => !treated[i])])).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(rejected / (double)runs, 0.015, 0.095);
        Assert.True(plain > 4 * rejected, $"{plain} {rejected}");
    }

    [Fact]
    public void Bootstrap_OfNormalValues_IsNearStudents()
    {
        var random = new Random(7);
        double[] one = [.. Enumerable.Range(0, 200).Select(_ => Draw.Normal(random))], other = [.. Enumerable.Range(0, 300).Select(_ => Draw.Normal(random))];
        var welch = WelchTest.Compare(Moments.Of(one), Moments.Of(other)).Interval!.Value;
        Interval?[] intervals =
        [
            MeanBootstrap.Interval(one, other), MeanBootstrap.Interval(one, other, BootstrapMethod.Percentile),
            MeanBootstrap.OfCells([.. one.Select(v => new Moments(1, v, 0))], [.. other.Select(v => new Moments(1, v, 0))]),
        ];
        Assert.All(intervals, interval =>
        {
            Assert.Equal(welch.Lower, interval!.Value.Lower, 0.04);
            Assert.Equal(welch.Upper, interval.Value.Upper, 0.04);
        });
        Assert.Null(MeanBootstrap.Interval([1], other));
        Assert.Null(MeanBootstrap.Interval([1, 1], [1, 1]));
    }

    // R: median 95 % order statistics of n = 20 are the 6th and the 15th.
    [Fact]
    public void QuantileInterval_OfTwenty_RunsFromTheSixthToTheFifteenth()
    {
        double[] values = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        var result = QuantileTest.Compare(ContinuousSample.FromValues(values), ContinuousSample.FromValues(values), 0.5);
        Assert.Equal(new Interval(6, 15), result.TreatmentInterval);
        Assert.Equal(0, result.Difference);
        Assert.Equal(-double.Hypot(4.5, 4.5), result.Interval!.Value.Lower, 1e-12);
        Assert.Equal(
            TestStatus.TooFewObservations,
            QuantileTest.Compare(ContinuousSample.FromValues([1, 2, 3]), ContinuousSample.FromValues(values), 0.5).Status);
    }
}
