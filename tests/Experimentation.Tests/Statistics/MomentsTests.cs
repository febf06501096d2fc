using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void Of_SmallSample_EqualsHandComputation()
    {
        var moments = Moments.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(8, moments.Count);
        Assert.Equal(5, moments.Mean);
        Assert.Equal(32, moments.M2);
        Assert.Equal(32.0 / 7, moments.Variance);
        Assert.Equal(Math.Sqrt(32.0 / 56), moments.StandardError!.Value, 15);
    }

    [Fact]
    public void Merge_OfParts_EqualsWhole()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 1000).Select(_ => 1e6 + Draw.LogNormal(random, 0, 2)).ToArray();
        var whole = Moments.Of(values);
        var merged = Moments.Of(values.AsSpan(0, 17)).Merge(default).Merge(Moments.Of(values.AsSpan(17, 400))).Merge(Moments.Of(values.AsSpan(417)));
        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(whole.Mean, merged.Mean, 1e-12 * whole.Mean);
        Assert.Equal(whole.M2, merged.M2, 1e-9 * whole.M2);
        var added = values.Aggregate(default(Moments), (moments, value) => moments.Add(value));
        Assert.Equal(whole.M2, added.M2, 1e-9 * whole.M2);
    }

    [Fact]
    public void OfBinary_EqualsRawZerosAndOnes()
    {
        var raw = Moments.Of([1, 0, 0, 1, 0, 0, 0]);
        var binary = Moments.OfBinary(7, 2);
        Assert.Equal(raw.Mean, binary.Mean, 1e-15);
        Assert.Equal(raw.M2, binary.M2, 1e-14);
    }

    [Fact]
    public void Variance_BelowTwoValues_IsNull()
    {
        Assert.Null(default(Moments).Variance);
        Assert.Null(Moments.Of([3]).StandardError);
    }

    [Fact]
    public void Of_WithNaN_NamesTheIndex() => Assert.Contains(
        "Value 2", Assert.Throws<ArgumentException>("values", () => Moments.Of([1, 2, double.NaN])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1, 0, 0, "count")]
    [InlineData(1, double.NaN, 0, "mean")]
    [InlineData(2, 0, -1, "m2")]
    public void Constructor_OutOfRange_Throws(long count, double mean, double m2, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => new Moments(count, mean, m2));
}
