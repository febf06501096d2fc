using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Resampling;

/// <summary>
/// Permutation test of the difference of means. All splits are counted where they are few, else random ones are drawn. It tests that both arms have
/// one law; for an interval of the mean see <see cref="MeanValue.MeanValueTest"/>, whose statistic is studentised.
/// </summary>
public static class PermutationTest
{
    /// <summary>Compares two arms.</summary>
    /// <param name="treatment">Finite values.</param>
    /// <param name="control">Finite values.</param>
    /// <param name="permutations">Random splits where all are more than these, at least 99; default 9,999.</param>
    /// <param name="seed">Seed of the splits; default 1.</param>
    /// <returns>Status, and the two-sided p: the share of splits whose difference is at least as large in magnitude.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static PermutationResult Compare(ReadOnlySpan<double> treatment, ReadOnlySpan<double> control, int permutations = 9_999, ulong seed = 1)
    {
        Require.Finite(treatment, nameof(treatment));
        Require.Finite(control, nameof(control));
        Require.AtLeast(permutations, 99);
        if (treatment.IsEmpty || control.IsEmpty)
        {
            return new PermutationResult(TestStatus.TooFewObservations, null, null, 0, false);
        }

        double[] all = [.. treatment, .. control];
        var observed = Moments.Of(treatment).Mean - Moments.Of(control).Mean;
        if (all.AsSpan().IndexOfAnyExcept(all[0]) < 0)
        {
            return new PermutationResult(TestStatus.NoVariation, observed, null, 0, false);
        }

        // With the total fixed, the difference is a rising function of the treatment's sum; both are taken about the mean of all.
        var mean = Moments.Of(all).Mean;
        var centred = Array.ConvertAll(all, value => value - mean);
        var threshold = Math.Abs(Sum(centred.AsSpan(0, treatment.Length))) * (1 - 1e-12);
        var splits = Splits(all.Length, treatment.Length, permutations);
        if (splits is { } total)
        {
            var extreme = Count(centred, 0, treatment.Length, 0, threshold);
            return new PermutationResult(TestStatus.Computed, observed, (double)extreme / total, total, true);
        }

        var random = new SplitMix64(seed);
        var hits = 0;
        for (var round = 0; round < permutations; round++)
        {
            var sum = 0.0;
            for (var i = 0; i < treatment.Length; i++)
            {
                var at = i + (int)(random.NextDouble() * (centred.Length - i));
                (centred[i], centred[at]) = (centred[at], centred[i]);
                sum += centred[i];
            }

            hits += Math.Abs(sum) >= threshold ? 1 : 0;
        }

        return new PermutationResult(TestStatus.Computed, observed, (hits + 1.0) / (permutations + 1.0), permutations, false);
    }

    private static long Count(double[] values, int from, int left, double sum, double threshold)
    {
        if (left == 0)
        {
            return Math.Abs(sum) >= threshold ? 1 : 0;
        }

        var count = 0L;
        for (var i = from; i <= values.Length - left; i++)
        {
            count += Count(values, i + 1, left - 1, sum + values[i], threshold);
        }

        return count;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    // Number of splits; null where it exceeds the limit.
    private static long? Splits(int all, int chosen, int limit)
    {
        var splits = 1.0;
        for (var k = 1; k <= Math.Min(chosen, all - chosen); k++)
        {
            splits = splits * (all - k + 1) / k;
            if (splits > limit)
            {
                return null;
            }
        }

        return (long)Math.Round(splits);
    }
}
