using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Statistics;

public sealed class ZeroInflatedSampleTests
{
    private static readonly double[] Values = [0, 5, 0, 2, -0.0, 9];

    [Fact]
    public void FromValues_SplitsZerosAndSortsPositives()
    {
        var sample = ZeroInflatedSample.FromValues(Values);
        Assert.Equal(3, sample.Zeros);
        Assert.Equal([2.0, 5, 9], sample.Positives.ToArray());
        Assert.Equal(0.5, sample.PositiveRate);
        Assert.Equal(5, sample.PositiveQuantile(0.5));
        Assert.Equal(3.5, sample.PositiveQuantile(0.25));
        var raw = Moments.Of(Values);
        Assert.Equal(raw.Mean, sample.Moments.Mean, 14);
        Assert.Equal(raw.M2, sample.Moments.M2, 12);
    }

    [Fact]
    public void FromPositives_EqualsFromValues()
    {
        var one = ZeroInflatedSample.FromValues(Values);
        var other = ZeroInflatedSample.FromPositives([9, 2, 5], 3);
        Assert.Equal(one.Moments, other.Moments);
        Assert.Equal(one.Positives.ToArray(), other.Positives.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FromValues_WithBadValue_NamesTheIndex(double bad)
    {
        Assert.Contains("Value 1", Assert.Throws<ArgumentException>(
            "values", () => ZeroInflatedSample.FromValues([1, bad])).Message, StringComparison.Ordinal);
        Assert.Contains("Value 1", Assert.Throws<ArgumentException>(
            "positives", () => ZeroInflatedSample.FromPositives([1, bad], 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromPositives_WithZeroAmongThem_Throws() =>
        Assert.Throws<ArgumentException>("positives", () => ZeroInflatedSample.FromPositives([0], 1));

    [Fact]
    public void Empty_HasNoRateAndNoQuantile()
    {
        var sample = ZeroInflatedSample.FromValues([]);
        Assert.Null(sample.PositiveRate);
        Assert.Null(sample.PositiveQuantile(0.5));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => sample.PositiveQuantile(1.1));
    }
}
