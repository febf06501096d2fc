using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Statistics;

public sealed class AdditiveTests
{
    [Fact]
    public void CovarianceMoments_MergedByShard_EqualTheWhole()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 1_000).Select(_ => 1e6 + Draw.Normal(random))];
        double[] y = [.. x.Select(value => (0.5 * value) + Draw.Normal(random))];
        var whole = CovarianceMoments.Of(y, x);
        var merged = default(CovarianceMoments);
        for (var from = 0; from < x.Length; from += 300)
        {
            var to = Math.Min(x.Length, from + 300);
            merged = merged.Merge(CovarianceMoments.Of(y.AsSpan(from..to), x.AsSpan(from..to)));
        }

        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(1, merged.Cross / whole.Cross, 1e-9);
        var one = default(CovarianceMoments).Add(1, 2).Add(3, 5).Add(2, 9);
        Assert.Equal(CovarianceMoments.Of([1, 3, 2], [2, 5, 9]).Cross, one.Cross, 1e-12);
        Assert.Throws<ArgumentException>(() => new CovarianceMoments(new Moments(3, 0, 1), new Moments(3, 0, 1), 2));
    }

    [Fact]
    public void PowerMoments_MergedByShard_EqualTheWhole()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 900).Select(_ => Draw.LogNormal(random, 0, 1))];
        var whole = PowerMoments.Of(values);
        var merged = values.Chunk(130).Aggregate(default(PowerMoments), (sum, part) => sum.Merge(PowerMoments.Of(part)));
        Assert.Equal(1, merged.M3 / whole.M3, 1e-11);
        Assert.Equal(1, merged.M4 / whole.M4, 1e-11);
    }
}
