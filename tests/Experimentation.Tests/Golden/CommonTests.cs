using Noah.Experimentation.Inference;
using Noah.Experimentation.Resampling;
using Noah.Experimentation.Statistics;
using static Noah.Experimentation.Tests.Golden.GoldenFile;

namespace Noah.Experimentation.Tests.Golden;

public sealed class CommonTests
{
    [Fact]
    public void Tails_EqualScipy_DownTo1e300()
    {
        var tails = Part("tails");
        foreach (var row in tails.GetProperty("normal").EnumerateArray().Select(row => row.Numbers()))
        {
            Near(row[1], Tails.NormalTwoSided(row[0]));
        }

        foreach (var row in tails.GetProperty("student").EnumerateArray().Select(row => row.Numbers()))
        {
            // At a million degrees of freedom the difference of two log-gammas of 6e6 leaves 4e-10.
            Near(row[2], Tails.StudentTwoSided(row[0], row[1]), row[1] > 1e5 ? 1e-9 : 1e-10);
        }

        foreach (var row in tails.GetProperty("studentCritical").EnumerateArray().Select(row => row.Numbers()))
        {
            Near(row[2], Tails.StudentCritical(row[0], row[1]), row[1] > 1e4 ? 1e-9 : 1e-10);
        }

        foreach (var row in tails.GetProperty("chiSquare").EnumerateArray().Select(row => row.Numbers()))
        {
            Near(row[2], Tails.ChiSquareUpper(row[0], (int)row[1]));
        }
    }

    [Fact]
    public void TwoSamples_EqualScipy()
    {
        var part = Part("samples");
        var (a, b) = (part.Numbers("a"), part.Numbers("b"));
        var (one, other) = (ContinuousSample.FromValues(a), ContinuousSample.FromValues(b));
        var moments = part.Numbers("moments");
        var powers = PowerMoments.Of(a);
        Near(moments[0], powers.Mean);
        Near(moments[1], powers.Moments.Variance);
        Near(moments[2], powers.M3);
        Near(moments[3], powers.M4);

        var welch = WelchTest.Compare(one.Moments, other.Moments);
        Near(part.Numbers("welch")[0], welch.Statistic);
        Near(part.Numbers("welch")[1], welch.PValue);
        var ranks = MannWhitneyTest.Compare(one, other);
        Near(part.Number("mannWhitneyP"), ranks.PValue);
        Near(part.Number("mannWhitneyU") / (a.Length * b.Length), ranks.Superiority);
        var logs = LogWelchTest.Compare(ZeroInflatedSample.FromValues(a), ZeroInflatedSample.FromValues(b));
        Near(part.Numbers("logWelch")[0], logs.Statistic);
        Near(part.Numbers("logWelch")[1], logs.PValue);
        var yuen = TrimmedMeanTest.Compare(one, other);
        Near(part.Numbers("yuen")[0], yuen.Statistic);
        Near(part.Numbers("yuen")[1], yuen.PValue);
    }

    [Fact]
    public void Proportions_EqualStatsmodelsAndScipy()
    {
        var part = Part("proportions");
        foreach (var row in part.GetProperty("z").EnumerateArray().Select(row => row.Numbers()))
        {
            var result = ProportionTest.Compare(new BinarySample((long)row[1], (long)row[0]), new BinarySample((long)row[3], (long)row[2]));
            Near(row[4], result.Statistic);
            Near(row[5], result.PValue);
            Near(row[6], result.Interval!.Value.Lower);
            Near(row[7], result.Interval!.Value.Upper);
            var rate = ProportionTest.RateInterval((long)row[0], (long)row[1])!.Value;
            Near(row[8], rate.Lower);
            Near(row[9], rate.Upper);
        }

        foreach (var row in part.GetProperty("fisher").EnumerateArray().Select(row => row.Numbers()))
        {
            var result = ProportionTest.Compare(new BinarySample((long)row[1], (long)row[0]), new BinarySample((long)row[3], (long)row[2]));
            Assert.Equal(ProportionMethod.FisherExact, result.Method);
            Near(row[4], result.PValue);
        }
    }

    // Never from the null variance: the interval of P(Y > X) belongs to the effect.
    [Fact]
    public void Superiority_HasDeLongsError()
    {
        var part = Part("delong");
        var result = MannWhitneyTest.Compare(
            ContinuousSample.FromValues(part.Numbers("treatment")), ContinuousSample.FromValues(part.Numbers("control")));
        Near(part.Number("superiority"), result.Superiority);
        Near(part.Number("error"), result.StandardError);
    }

    [Fact]
    public void Holm_EqualsStatsmodels()
    {
        var part = Part("holm");
        var adjusted = HolmCorrection.Adjust([.. part.Numbers("p").Select(p => (double?)p)]);
        Assert.All(part.Numbers("holm").Zip(adjusted), pair => Near(pair.First, pair.Second));
    }

    [Fact]
    public void Permutation_OfFewUnits_CountsAllSplits()
    {
        // 10 splits; {4, 5} and {1, 2} are the most extreme.
        var result = PermutationTest.Compare([4, 5], [1, 2, 3]);
        Assert.True(result.Exact);
        Assert.Equal(10, result.Splits);
        Assert.Equal(0.2, result.PValue!.Value, 1e-15);
    }
}
