using Noah.Experimentation.Inference;
using Noah.Experimentation.MeanValue;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Statistics;

public sealed class AmountAccumulatorTests
{
    [Fact]
    public void Sample_OfFewDistinctValues_IsTheSampleOfAllRows()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 200_000).Select(_ => random.NextDouble() < 0.8 ? 0 : Math.Round(Draw.LogNormal(random, 3, 1), 1)).ToArray();
        var stream = new AmountAccumulator();
        stream.Add(rows);
        Assert.True(stream.TryGetSample(out var sample));
        var exact = ZeroInflatedSample.FromValues(rows);
        Assert.True(stream.Ranks.Exact);
        Assert.Equal(exact.Positives.ToArray(), sample.Positives.ToArray());
        Assert.Equal(exact.Zeros, sample.Zeros);
        Assert.Equal(1, sample.Moments.M2 / exact.Moments.M2, 1e-11);
        Assert.Equal(ValueSummary.Of(exact).Largest.ToArray(), stream.Values.Largest.ToArray());
        Assert.Equal(exact.PositiveQuantile(0.9)!.Value, stream.Ranks.Quantile(0.9)!.Value, 1e-12);
    }

    [Fact]
    public void Merge_InAnyOrder_GivesTheSameRanks()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 300_000).Select(_ => Draw.LogNormal(random, 3, 1.5)).ToArray();
        var whole = RankSketch.Of(rows);
        var parts = rows.Chunk(70_000).Select(part => RankSketch.Of(part)).ToArray();
        var forward = parts.Aggregate(RankSketch.Empty, (sum, part) => sum.Merge(part));
        var backward = parts.Reverse().Aggregate(RankSketch.Empty, (sum, part) => sum.Merge(part));
        Assert.False(whole.Exact);
        Assert.InRange(whole.Buckets, RankSketch.Capacity / 4, RankSketch.Capacity);
        Assert.Equal(whole.Expand(), forward.Expand());
        Assert.Equal(whole.Expand(), backward.Expand());
        Array.Sort(rows);
        Assert.All(whole.Expand().Zip(rows), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, pair.Second * whole.ValueError * 1.0001));
        Assert.InRange(whole.RankError, 0, 1e-3);
    }

    [Fact]
    public void RankTest_OfTheSketch_EqualsThatOfAllRows()
    {
        var random = new Random(3);
        var one = Enumerable.Range(0, 150_000).Select(_ => Draw.LogNormal(random, 3, 1.5)).ToArray();
        var other = Enumerable.Range(0, 150_000).Select(_ => Draw.LogNormal(random, 3.01, 1.5)).ToArray();
        var (first, second) = (new AmountAccumulator(), new AmountAccumulator());
        first.Add(one);
        second.Add(other);
        Assert.True(first.TryGetSample(out var sample1));
        Assert.True(second.TryGetSample(out var sample0));
        var exact = MannWhitneyTest.Compare(ContinuousSample.FromValues(one), ContinuousSample.FromValues(other));
        Assert.Equal(exact.Superiority!.Value, MannWhitneyTest.Compare(sample1, sample0).Superiority!.Value, 1e-5);
    }

    [Fact]
    public void BrokenValues_AreCountedAndSayWhy()
    {
        var stream = new AmountAccumulator();
        stream.Add([0, 1, -2, 3]);
        Assert.Equal(StreamProblem.Negative, stream.Problem);
        stream.Add([double.NaN, double.PositiveInfinity]);
        Assert.Equal(StreamProblem.NotFinite, stream.Problem);
        Assert.Equal((2, 1, 3), (stream.NotFinite, stream.Negative, stream.Count));
        Assert.False(stream.TryGetSample(out _));
    }
}
