using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Inference;

public sealed class MannWhitneyTestTests
{
    private static readonly double[] Treatment = [0, 3, 0, 5, 5, 7];
    private static readonly double[] Control = [0, 0, 0, 3, 2, 0, 5];

    [Fact]
    public void Superiority_EqualsCountingAllPairs()
    {
        var pairs = Treatment.Sum(y => Control.Sum(x => y > x ? 1 : y == x ? 0.5 : 0));
        var result = Compare(Treatment, Control);
        Assert.Equal(pairs / (Treatment.Length * Control.Length), result.Superiority!.Value, 1e-14);
    }

    [Fact]
    public void NullVariance_EqualsThatOverAllSplits()
    {
        double[] all = [.. Treatment, .. Control];
        var values = new List<double>();
        for (var mask = 0; mask < 1 << all.Length; mask++)
        {
            if (int.PopCount(mask) == Treatment.Length)
            {
                var one = all.Where((_, i) => (mask >> i & 1) == 1).ToArray();
                var other = all.Where((_, i) => (mask >> i & 1) == 0).ToArray();
                values.Add(one.Sum(y => other.Sum(x => y > x ? 1 : y == x ? 0.5 : 0)) / (one.Length * other.Length));
            }
        }

        var variance = values.Average(v => (v - 0.5) * (v - 0.5));
        var result = Compare(Treatment, Control);
        Assert.Equal((result.Superiority!.Value - 0.5) / Math.Sqrt(variance), result.Statistic!.Value, 1e-12);
    }

    [Fact]
    public void StandardError_EqualsPlacementsFromThePairMatrix()
    {
        double[] rows = Treatment.Select(y => Control.Average(x => y > x ? 1 : y == x ? 0.5 : 0)).ToArray();
        double[] columns = Control.Select(x => Treatment.Average(y => y > x ? 1 : y == x ? 0.5 : 0)).ToArray();
        var variance = (Moments.Of(rows).Variance!.Value / rows.Length) + (Moments.Of(columns).Variance!.Value / columns.Length);
        Assert.Equal(Math.Sqrt(variance), Compare(Treatment, Control).StandardError!.Value, 1e-14);
    }

    [Fact]
    public void ContinuousAndZeroInflatedForms_Agree()
    {
        var continuous = MannWhitneyTest.Compare(ContinuousSample.FromValues(Treatment), ContinuousSample.FromValues(Control));
        Assert.Equal(continuous, Compare(Treatment, Control));
    }

    [Fact]
    public void Interval_HoldsTheSuperiorityAndStaysWithinZeroAndOne()
    {
        var interval = Compare(Treatment, Control).Interval!.Value;
        Assert.InRange(interval.Lower, 0, 0.5);
        Assert.InRange(interval.Upper, 0.7, 1);
    }

    [Fact]
    public void Interval_OfFullySeparatedArms_IsAbsent()
    {
        var result = Compare([3, 4], [1, 2]);
        Assert.Equal(1, result.Superiority);
        Assert.Null(result.Interval);
    }

    [Fact]
    public void Compare_WithoutVariation_HasAStatusAndNoP()
    {
        var result = Compare([0, 0], [0, 0, 0]);
        Assert.Equal(TestStatus.NoVariation, result.Status);
        Assert.Null(result.PValue);
        Assert.Equal(TestStatus.TooFewObservations, Compare([], [1]).Status);
    }

    private static MannWhitneyResult Compare(double[] treatment, double[] control) =>
        MannWhitneyTest.Compare(
            ZeroInflatedSample.FromValues(treatment), ZeroInflatedSample.FromValues(control), permutation: PermutationOptions.Never);
}
