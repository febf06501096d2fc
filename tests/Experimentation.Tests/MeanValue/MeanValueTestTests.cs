using Noah.Experimentation.MeanValue;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.MeanValue;

public sealed class MeanValueTestTests
{
    // All 252 splits of ten values, each with its own Welch t.
    [Fact]
    public void PValue_OfFewUnits_IsThatOfAllSplits()
    {
        double[] treatment = [0, 3, 0, 9, 4], control = [0, 0, 1, 0, 2];
        double[] all = [.. treatment, .. control];
        var observed = T(treatment, control);
        var splits = Enumerable.Range(0, 1 << 10).Where(mask => int.PopCount(mask) == 5)
            .Select(mask => T([.. all.Where((_, i) => ((mask >> i) & 1) == 1)], [.. all.Where((_, i) => ((mask >> i) & 1) == 0)])).ToList();
        var above = splits.Count(t => t >= observed - 1e-12) / (double)splits.Count;
        var result = MeanValueTest.Compare(ValueSummary.Of(treatment), ValueSummary.Of(control), new() { Permutations = 199_999 });
        Assert.Equal(2 * above, result.PValue!.Value, 0.004);
        Assert.Equal(observed, result.Statistic!.Value, 1e-12);
        Assert.Equal(result.PValue <= 0.05, !result.Interval!.Value.Contains(0));
    }

    // Kept one by one or as moments, the law is the same: quantiles of a metric with 400 buyers, all kept in a slow permutation.
    [Fact]
    public void Interval_WithMoreBuyersThanAreKept_EqualsFullPermutation()
    {
        var random = new Random(3);
        var treatment = Draw.ZeroInflated(random, 2_000, 0.2, r => Draw.LogNormal(r, 0, 1.5));
        var control = Draw.ZeroInflated(random, 18_000, 0.2, r => Draw.LogNormal(r, 0, 1.5));
        var result = MeanValueTest.Compare(ValueSummary.Of(treatment), ValueSummary.Of(control), new() { Permutations = 9_999 });
        double[] all = [.. treatment.Positives, .. new double[treatment.Zeros], .. control.Positives, .. new double[control.Zeros]];
        var t = new double[3_999];
        for (var round = 0; round < t.Length; round++)
        {
            random.Shuffle(all);
            t[round] = T(all.AsSpan(0, 2_000), all.AsSpan(2_000));
        }

        Array.Sort(t);
        var error = result.StandardError!.Value;
        Assert.Equal(t[99], (result.Difference!.Value - result.Interval!.Value.Upper) / error, 0.2);
        Assert.Equal(t[^100], (result.Difference!.Value - result.Interval!.Value.Lower) / error, 0.2);
    }

    [Fact]
    public void Merge_OfShards_EqualsWhole()
    {
        var random = new Random(4);
        var values = Enumerable.Range(0, 3_000).Select(_ => random.NextDouble() < 0.5 ? 0 : Draw.LogNormal(random, 0, 2)).ToArray();
        var whole = ValueSummary.Of(values);
        var shards = values.Chunk(700).Select(shard => ValueSummary.Of(shard)).Reverse().Aggregate(ValueSummary.Empty, (sum, shard) => sum.Merge(shard));
        Assert.Equal(whole.Largest.ToArray(), shards.Largest.ToArray());
        Assert.Equal(whole.Count, shards.Count);
        Assert.Equal(1, shards.Moments.M2 / whole.Moments.M2, 1e-12);
        Assert.Equal(1, shards.Rest.M4 / whole.Rest.M4, 1e-10);
        Assert.Equal(whole.EffectiveBuyers, shards.EffectiveBuyers, 1e-6);
    }

    [Fact]
    public void CostDifference_ShiftsTheWholeInterval()
    {
        var random = new Random(5);
        var one = ValueSummary.Of(Draw.ZeroInflated(random, 5_000, 0.05, r => Draw.LogNormal(r, 3, 1)));
        var other = ValueSummary.Of(Draw.ZeroInflated(random, 5_000, 0.05, r => Draw.LogNormal(r, 3, 1)));
        var gross = MeanValueTest.Compare(one, other);
        var net = MeanValueTest.Compare(one, other, new() { CostDifference = 0.25 });
        Assert.Equal(gross.Difference!.Value - 0.25, net.Difference!.Value, 1e-12);
        Assert.Equal(gross.Interval!.Value.Lower - 0.25, net.Interval!.Value.Lower, 1e-12);
    }

    [Fact]
    public void Status_SaysWhatIsMissing()
    {
        var some = ValueSummary.Of([0.0, 0, 5, 7, 0, 2]);
        Assert.Equal(MeanValueStatus.TooFewObservations, MeanValueTest.Compare(some, ValueSummary.Empty).Status);
        Assert.Equal(MeanValueStatus.TooFewObservations, MeanValueTest.Compare(ValueSummary.Of([1.0]), some).Status);
        var zeros = MeanValueTest.Compare(ValueSummary.Of(new double[9]), ValueSummary.Of(new double[8]));
        Assert.Equal(MeanValueStatus.NoVariation, zeros.Status);
        Assert.Null(zeros.PValue);
        Assert.Equal(MeanValueStatus.TooFewBuyers, MeanValueTest.Compare(some, some).Status);
        Assert.Throws<ArgumentException>(() => ValueSummary.Of([1, double.NaN]));
    }

    // 4 against 36 expected buyers, lognormal 2: Welch rejects one null in five.
    [Fact]
    public void Level_HoldsWhereWelchFails()
    {
        const int runs = 1_000;
        var random = new Random(6);
        var rejected = 0;
        for (var run = 0; run < runs; run++)
        {
            var one = ValueSummary.Of(Draw.ZeroInflated(random, 400, 0.01, r => Draw.LogNormal(r, 3, 2)));
            var other = ValueSummary.Of(Draw.ZeroInflated(random, 3_600, 0.01, r => Draw.LogNormal(r, 3, 2)));
            rejected += MeanValueTest.Compare(one, other, new() { Permutations = 199, Seed = (ulong)run }).PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(rejected / (double)runs, 0.05 - 0.028, 0.05 + 0.028);
    }

    private static double T(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        Moments first = Moments.Of(one), second = Moments.Of(other);
        var difference = first.Mean - second.Mean;
        return difference == 0 ? 0 : difference / Math.Sqrt((first.Variance!.Value / one.Length) + (second.Variance!.Value / other.Length));
    }
}
