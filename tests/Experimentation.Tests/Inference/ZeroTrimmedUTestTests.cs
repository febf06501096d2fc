using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Inference;

public sealed class ZeroTrimmedUTestTests
{
    private static readonly ZeroTrimmedUOptions Published = new() { Form = ZeroTrimmedUForm.Published };
    private static readonly ZeroTrimmedUOptions Pooled = new() { PermuteBelowPositives = 0 };

    // Vectors of the research note (section 7.7): x is control, y is treatment.
    [Theory]
    [InlineData("0,0,0,1,2,5", "0,0,3,4,6,7", true, 6, 11.333333, 7, 1.401298, .161125)]
    [InlineData("0,0,0,1,2,5", "0,0,3,4,6,7", false, 6, 11.666667, 8, 1.352963, .176067)]
    [InlineData("0,0,0,0,0,0,10,20,20,40", "0,0,0,0,20,30,50,60,80,20", true, 13, 43.2, 20, 1.635252, .101996)]
    [InlineData("0,0,0,0,0,0,10,20,20,40", "0,0,0,0,20,30,50,60,80,20", false, 13, 45, 20.666667, 1.604246, .108660)]
    [InlineData("0,1,2,3,0", "0,4,5,6", true, 6, 5.336719, 4.5, 1.913049, .055742)]
    [InlineData("0,1,2,3,0", "0,4,5,6", false, 5.625, 5.625, 5.25, 1.705721, .088060)]
    public void Compare_OnTestVectors_GivesTheirFigures(
        string x, string y, bool published, double w, double first, double second, double z, double p)
    {
        var result = ZeroTrimmedUTest.Compare(Sample(y), Sample(x), published ? Published : Pooled);
        Assert.Equal(w, result.W!.Value, 1e-9);
        Assert.Equal(first, result.ParticipationVariance!.Value, 1e-6);
        Assert.Equal(second, result.AmountVariance!.Value, 1e-6);
        Assert.Equal(z, result.Statistic!.Value, 1e-6);
        Assert.Equal(p, result.PValue!.Value, 1e-6);
        Assert.Equal(PValueSource.Normal, result.Source);
    }

    [Fact]
    public void Compare_OnTheTiedVector_GivesItsFigures()
    {
        var ones = ZeroInflatedSample.FromPositives(Enumerable.Repeat(1.0, 50).ToArray(), 100);
        var twos = ZeroInflatedSample.FromPositives(Enumerable.Repeat(2.0, 70).ToArray(), 80);
        var result = ZeroTrimmedUTest.Compare(twos, ones, Published);
        Assert.Equal(2450, result.W);
        Assert.Equal(86566.666667, result.ParticipationVariance!.Value, 1e-6);
        Assert.Equal(35000, result.AmountVariance!.Value, 1e-9);
        Assert.Equal(7.026820, result.Statistic!.Value, 1e-6);
        Assert.Equal(2.1e-12, result.PValue!.Value, 0.05e-12);
    }

    [Fact]
    public void Statistic_OfEqualArms_EqualsTrimmingAndCountingPairs()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var treatment = Raw(random, 40, 0.3);
            var control = Raw(random, 40, 0.5);
            var kept = Math.Max(treatment.Count(v => v > 0), control.Count(v => v > 0));
            var trimmedTreatment = treatment.OrderDescending().Take(kept).ToArray();
            var trimmedControl = control.OrderDescending().Take(kept).ToArray();
            var pairs = trimmedTreatment.Sum(y => trimmedControl.Sum(x => y > x ? 1 : y == x ? 0.5 : 0));

            var result = ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(treatment), ZeroInflatedSample.FromValues(control), Pooled);
            Assert.Equal(pairs - (kept * kept / 2.0), result.W!.Value, 1e-9);
            Assert.Equal(pairs / (kept * kept), result.Superiority!.Value, 1e-12);
        }
    }

    [Fact]
    public void Statistic_IsTheWeightedSumOfItsComponents()
    {
        var result = ZeroTrimmedUTest.Compare(Sample("0,0,0,0,20,30,50,60,80,20"), Sample("0,0,0,0,0,0,10,20,20,40"), Pooled);
        Assert.Equal(
            result.Statistic!.Value,
            (result.ParticipationWeight * result.ParticipationZ + result.AmountWeight * result.AmountZ)!.Value,
            1e-12);
        Assert.Equal(1, (result.ParticipationWeight * result.ParticipationWeight + result.AmountWeight * result.AmountWeight)!.Value, 1e-12);
    }

    [Fact]
    public void Weights_ForRarePositives_ApproachTheClosedForm()
    {
        // p -> 0 with equal rates: 0.866 z_B + 0.500 z+.
        var random = new Random(3);
        var positives = Enumerable.Range(0, 2000).Select(_ => Draw.LogNormal(random, 0, 1)).ToArray();
        var one = ZeroInflatedSample.FromPositives(positives.AsSpan(0, 1000), 10_000_000);
        var other = ZeroInflatedSample.FromPositives(positives.AsSpan(1000), 10_000_000);
        var result = ZeroTrimmedUTest.Compare(one, other);
        Assert.Equal(Math.Sqrt(3) / 2, result.ParticipationWeight!.Value, 1e-3);
        Assert.Equal(0.5, result.AmountWeight!.Value, 1e-3);
    }

    [Fact]
    public void Compare_WithSwappedArms_FlipsTheSign()
    {
        var one = Sample("0,1,2,5,0");
        var other = Sample("0,4,5,6");
        var forward = ZeroTrimmedUTest.Compare(one, other, Pooled);
        var backward = ZeroTrimmedUTest.Compare(other, one, Pooled);
        Assert.Equal(-forward.Statistic!.Value, backward.Statistic!.Value, 1e-12);
        Assert.Equal(1, (forward.Superiority + backward.Superiority)!.Value, 1e-12);
        Assert.Equal(1 - forward.Interval!.Value.Lower, backward.Interval!.Value.Upper, 1e-12);
    }

    [Fact]
    public void PermutationP_IsCloseToTheExactOneOverAllSplits()
    {
        double[] control = [0, 0, 0, 0, 1, 2, 2], treatment = [0, 0, 2, 3, 4, 6];
        var observed = ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(treatment), ZeroInflatedSample.FromValues(control), Pooled);
        double[] all = [.. control, .. treatment];
        int extreme = 0, splits = 0;
        for (var mask = 0; mask < 1 << all.Length; mask++)
        {
            if (int.PopCount(mask) != treatment.Length)
            {
                continue;
            }

            splits++;
            var one = all.Where((_, i) => (mask >> i & 1) == 1).ToArray();
            var other = all.Where((_, i) => (mask >> i & 1) == 0).ToArray();
            var z = ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(one), ZeroInflatedSample.FromValues(other), Pooled).Statistic!.Value;
            extreme += Math.Abs(z) >= Math.Abs(observed.Statistic!.Value) - 1e-9 ? 1 : 0;
        }

        var exact = (double)extreme / splits;
        var result = ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(treatment), ZeroInflatedSample.FromValues(control));
        Assert.Equal(PValueSource.Permutation, result.Source);
        Assert.Equal(exact, result.PValue!.Value, 4 * Math.Sqrt(exact * (1 - exact) / 9999));
        Assert.Equal(
            result.PValue,
            ZeroTrimmedUTest.Compare(ZeroInflatedSample.FromValues(treatment), ZeroInflatedSample.FromValues(control)).PValue);
    }

    [Fact]
    public void Compare_WithOneArmWithoutPositives_RestsOnParticipation()
    {
        var result = ZeroTrimmedUTest.Compare(
            ZeroInflatedSample.FromPositives(Enumerable.Range(1, 12).Select(v => (double)v).ToArray(), 88),
            ZeroInflatedSample.FromPositives([], 100));
        Assert.Equal(TestStatus.Computed, result.Status);
        Assert.Equal(PValueSource.Permutation, result.Source);
        Assert.Null(result.AmountZ);
        Assert.Null(result.Interval);
        Assert.Equal(result.ParticipationZ!.Value, result.Statistic!.Value, 1e-12);
        Assert.InRange(result.PValue!.Value, 1e-4, 2e-3);
    }

    [Fact]
    public void Compare_WithoutAnyPositive_SaysThatNothingVaries()
    {
        var none = ZeroInflatedSample.FromPositives([], 50);
        Assert.Equal(TestStatus.NoVariation, ZeroTrimmedUTest.Compare(none, none).Status);
        Assert.Null(ZeroTrimmedUTest.Compare(none, none).PValue);
        Assert.Equal(TestStatus.TooFewObservations, ZeroTrimmedUTest.Compare(none, ZeroInflatedSample.FromValues([])).Status);
    }

    [Fact]
    public void Compare_WithBadOptions_NamesThem()
    {
        var some = Sample("0,1");
        Assert.Throws<ArgumentOutOfRangeException>("Confidence", () => ZeroTrimmedUTest.Compare(some, some, new() { Confidence = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Permutations", () => ZeroTrimmedUTest.Compare(some, some, new() { Permutations = 9 }));
    }

    private static ZeroInflatedSample Sample(string values) =>
        ZeroInflatedSample.FromValues(values.Split(',').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray());

    // Small integers, so that positives tie as well.
    private static double[] Raw(Random random, int count, double rate) =>
        Enumerable.Range(0, count).Select(_ => random.NextDouble() < rate ? 1.0 + random.Next(8) : 0).ToArray();
}
