using Noah.Optimization.Online;

namespace Noah.Optimization.Tests.Online;

public sealed class ScoreDriftTests
{
    [Fact]
    public void Between_TwoBins_IsTheClosedForm()
    {
        double[] planned = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        // 60 scores up to the median 49 and 40 above: 0.1 ln 1.2 − 0.1 ln 0.8.
        double[] now = [.. Enumerable.Range(0, 60).Select(i => i * 49 / 60.0), .. Enumerable.Range(0, 40).Select(i => 50.0 + i)];
        var drift = ScoreDrift.Between(planned, now, bins: 2);
        Assert.Equal((0.1 * Math.Log(1.2)) - (0.1 * Math.Log(0.8)), drift.StabilityIndex!.Value, 1e-12);
        Assert.Equal(ScoreShift.Stable, drift.Shift);
    }

    [Fact]
    public void Between_ASampleAndItself_HasNoDistance()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))];
        Assert.Equal(new ScoreDrift(ScoreShift.Stable, 0, 0, 1), ScoreDrift.Between(scores, scores));
    }

    [Fact]
    public void Between_AGridAndItsShift_HasTheShiftAsDistance()
    {
        // Uniform on [0, 1) and on [0.2, 1.2): the distribution functions are 0.2 apart.
        double[] planned = [.. Enumerable.Range(0, 500).Select(i => i / 500.0)];
        double[] now = [.. Enumerable.Range(100, 500).Select(i => i / 500.0)];
        var drift = ScoreDrift.Between(planned, now);
        Assert.Equal(0.2, drift.Distance!.Value, 1e-12);
        Assert.Equal(ScoreShift.Major, drift.Shift);
        Assert.True(drift.InvalidatesPrices);
    }

    [Fact]
    public void Between_ScoresThatAreAllEqual_SeesThatTheyRise()
    {
        double[] planned = [.. Enumerable.Repeat(1.0, 60)];
        Assert.Equal(ScoreShift.Stable, ScoreDrift.Between(planned, planned).Shift);
        Assert.Equal(ScoreShift.Major, ScoreDrift.Between(planned, [.. Enumerable.Repeat(2.0, 60)]).Shift);
    }

    // Smirnov's table: 5 % at 1.3581, 1 % at 1.6276, 10 % at 1.2238; and 99 % at 0.4410 on the other series.
    [Theory]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    [InlineData(1.2238, 0.10)]
    [InlineData(0.4410, 0.99)]
    [InlineData(0.8276, 0.50)]
    public void KolmogorovTail_AgreesWithTheTable(double at, double tail) => Assert.Equal(tail, ScoreDistances.KolmogorovTail(at), 2e-4);

    [Fact]
    public void KolmogorovTail_IsTheSameByBothSeries() => Assert.Equal(ScoreDistances.KolmogorovTail(1 - 1e-12), ScoreDistances.KolmogorovTail(1 + 1e-12), 1e-11);

    [Fact]
    public void InvalidatesPrices_OfAModerateShift_NeedsMoreThanChance()
    {
        Assert.False(new ScoreDrift(ScoreShift.Moderate, 0.2, 0.1, 0.05).InvalidatesPrices);
        Assert.True(new ScoreDrift(ScoreShift.Moderate, 0.2, 0.1, 0.001).InvalidatesPrices);
        Assert.False(new ScoreDrift(ScoreShift.TooFew, null, null, null).InvalidatesPrices);
    }

    [Fact]
    public void Between_FewScores_SaysSo() => Assert.Equal(new ScoreDrift(ScoreShift.TooFew, null, null, null), ScoreDrift.Between([1, 2], new double[100]));

    [Fact]
    public void Between_WithAWrongCall_NamesTheParameter()
    {
        Assert.Equal("now", Assert.Throws<ArgumentException>(() => ScoreDrift.Between([1], [double.NaN])).ParamName);
        Assert.Equal("bins", Assert.Throws<ArgumentOutOfRangeException>(() => ScoreDrift.Between([1], [1], 1)).ParamName);
    }
}
