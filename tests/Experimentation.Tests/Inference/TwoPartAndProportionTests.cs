using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Inference;

public sealed class TwoPartAndProportionTests
{
    // Newcombe (1998), table II, example a: 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    [Fact]
    public void ProportionInterval_OnNewcombesExample_GivesHisFigures()
    {
        var result = ProportionTest.Compare(new BinarySample(70, 56), new BinarySample(80, 48));
        Assert.Equal(0.2, result.Difference!.Value, 1e-12);
        Assert.Equal(0.0524, result.Interval!.Value.Lower, 0.00005);
        Assert.Equal(0.3339, result.Interval!.Value.Upper, 0.00005);
        Assert.Equal(ProportionMethod.PooledNormal, result.Method);
    }

    // The square of the pooled statistic is Pearson's chi-square of the two-by-two table.
    [Fact]
    public void ProportionStatistic_Squared_IsPearsonsChiSquare()
    {
        double a = 56, b = 14, c = 48, d = 32, n = 150;
        var pearson = n * Math.Pow((a * d) - (b * c), 2) / ((a + b) * (c + d) * (a + c) * (b + d));
        var z = ProportionTest.Compare(new BinarySample(70, 56), new BinarySample(80, 48)).Statistic!.Value;
        Assert.Equal(pearson, z * z, 1e-10);
    }

    // Fisher's tea tasting, three of four right: two-sided p = 34/70.
    [Fact]
    public void ProportionP_OnSmallCounts_IsExact()
    {
        var result = ProportionTest.Compare(new BinarySample(4, 3), new BinarySample(4, 1));
        Assert.Equal(ProportionMethod.FisherExact, result.Method);
        Assert.Equal(34.0 / 70, result.PValue!.Value, 1e-10);
    }

    [Fact]
    public void RateInterval_AtTheEnds_TouchesThem()
    {
        Assert.Equal(0, ProportionTest.RateInterval(0, 10)!.Value.Lower);
        Assert.Equal(1, ProportionTest.RateInterval(10, 10)!.Value.Upper);
        Assert.Equal(0.2775, ProportionTest.RateInterval(0, 10)!.Value.Upper, 0.00005); // z²/(n + z²)
        Assert.Null(ProportionTest.RateInterval(0, 0));
    }

    [Fact]
    public void TwoPart_OfBothParts_AddsTheirSquares()
    {
        var treatment = ZeroInflatedSample.FromPositives([20, 30, 50, 60, 80, 20], 14);
        var control = ZeroInflatedSample.FromPositives([10, 20, 20, 40], 16);
        var result = TwoPartTest.Compare(treatment, control);
        var participation = ProportionTest.Compare(new BinarySample(20, 6), new BinarySample(20, 4)).Statistic!.Value;
        var amount = MannWhitneyTest.Compare(
            ContinuousSample.FromValues([20, 30, 50, 60, 80, 20]), ContinuousSample.FromValues([10, 20, 20, 40])).Statistic!.Value;
        Assert.Equal(2, result.DegreesOfFreedom);
        Assert.Equal((participation * participation) + (amount * amount), result.ChiSquare!.Value, 1e-12);
        Assert.Equal(43.333333 - 22.5, result.Amount.Difference!.Value, 1e-5);
        Assert.Equal(0.1, result.Participation.Difference!.Value, 1e-12);
    }

    [Fact]
    public void TwoPart_WithoutAmountsInOneArm_LosesADegreeOfFreedom()
    {
        var result = TwoPartTest.Compare(ZeroInflatedSample.FromPositives([1, 2, 3], 97), ZeroInflatedSample.FromPositives([], 100));
        Assert.Equal(1, result.DegreesOfFreedom);
        Assert.Equal(TestStatus.TooFewObservations, result.AmountRanks.Status);
        Assert.Equal(TestStatus.Computed, result.Status);
    }

    [Fact]
    public void TwoPart_WithoutAnyPositive_HasAStatusAndNoP()
    {
        var none = ZeroInflatedSample.FromPositives([], 100);
        Assert.Equal(TestStatus.NoVariation, TwoPartTest.Compare(none, none).Status);
        Assert.Null(TwoPartTest.Compare(none, none).PValue);
    }
}
