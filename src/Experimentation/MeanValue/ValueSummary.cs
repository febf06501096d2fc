using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.MeanValue;

/// <summary>
/// Values of one arm as the interval of the mean needs them: the few values of largest magnitude one by one, all others as power
/// moments. The size is bounded whatever the number of units, and days, shards and segments merge without loss, because the largest
/// values of a union are among the largest of its parts.
/// </summary>
public sealed class ValueSummary
{
    /// <summary>Values that are kept one by one: beyond the 256 largest no single value moves the law of a mean.</summary>
    public const int Kept = 256;

    private readonly double[] _largest;

    private ValueSummary(double[] largest, PowerMoments rest, Moments logAmounts)
    {
        _largest = largest;
        Rest = rest;
        LogAmounts = logAmounts;
        Moments = PowerMoments.Of(largest).Merge(rest).Moments;
    }

    /// <summary>The summary of no unit.</summary>
    public static ValueSummary Empty { get; } = new([], default, default);

    /// <summary>Number of units.</summary>
    public long Count => Moments.Count;

    /// <summary>Count, mean and squared deviations over all units.</summary>
    public Moments Moments { get; }

    /// <summary>At most <see cref="Kept"/> values of largest magnitude, in ascending order of magnitude.</summary>
    public ReadOnlySpan<double> Largest => _largest;

    /// <summary>All other values.</summary>
    public PowerMoments Rest { get; }

    /// <summary>Natural logarithm of the magnitude of all values but zeros, which are the units that did nothing.</summary>
    public Moments LogAmounts { get; }

    /// <summary>
    /// Effective number of buyers, m exp(−s²) with s² the variance of the log amounts: what Kish's (Σy)² / Σy² of m lognormal amounts tends to.
    /// The logarithms show a heavy tail also where the sample has not met its largest values, on which (Σy)² / Σy² itself is blind.
    /// </summary>
    public double EffectiveBuyers => LogAmounts.Count * Math.Exp(-(LogAmounts.Variance ?? 0));

    /// <summary>Summary of raw values.</summary>
    /// <param name="values">One finite value a unit, any order and sign.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static ValueSummary Of(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted, CompareMagnitude);
        var zeros = 0;
        while (zeros < sorted.Length && sorted[zeros] == 0)
        {
            zeros++;
        }

        return OfSorted(sorted.AsSpan(zeros), zeros);
    }

    /// <summary>Summary of a sample of any kind.</summary>
    /// <param name="sample">The sample.</param>
    public static ValueSummary Of(MetricSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample switch
        {
            ZeroInflatedSample amounts => OfSorted(amounts.Positives, amounts.Zeros),
            BinarySample binary => OfBinary(binary),
            _ => Of(((ContinuousSample)sample).Values),
        };
    }

    /// <summary>Rebuilds a stored summary.</summary>
    /// <param name="largest">Its <see cref="Largest"/>, in any order.</param>
    /// <param name="rest">Its <see cref="Rest"/>; no value in it exceeds the magnitudes of <paramref name="largest"/>.</param>
    /// <param name="logAmounts">Its <see cref="LogAmounts"/>.</param>
    /// <exception cref="ArgumentException">More than <see cref="Kept"/> values, or one that is not finite.</exception>
    public static ValueSummary FromParts(ReadOnlySpan<double> largest, PowerMoments rest, Moments logAmounts)
    {
        if (largest.Length > Kept)
        {
            throw new ArgumentException($"Has {largest.Length} values, at most {Kept} are kept.", nameof(largest));
        }

        Require.Finite(largest, nameof(largest));
        var sorted = largest.ToArray();
        Array.Sort(sorted, CompareMagnitude);
        return new ValueSummary(sorted, rest, logAmounts);
    }

    /// <summary>The summary of both samples together.</summary>
    /// <param name="other">Summary of disjoint units.</param>
    public ValueSummary Merge(ValueSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double[] union = [.. _largest, .. other._largest];
        Array.Sort(union, CompareMagnitude);
        var evicted = Math.Max(0, union.Length - Kept);
        var rest = Rest.Merge(other.Rest).Merge(PowerMoments.Of(union.AsSpan(0, evicted)));
        return new ValueSummary(union[evicted..], rest, LogAmounts.Merge(other.LogAmounts));
    }

    internal static int CompareMagnitude(double one, double other) => Math.Abs(one).CompareTo(Math.Abs(other));

    internal static ValueSummary OfZeros(long zeros) => new([], PowerMoments.OfConstant(zeros, 0), default);

    // Ascending in magnitude, without zeros.
    internal static ValueSummary OfSorted(ReadOnlySpan<double> sorted, long zeros)
    {
        var evicted = Math.Max(0, sorted.Length - Kept);
        var logs = new double[sorted.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Math.Log(Math.Abs(sorted[i]));
        }

        return new ValueSummary(
            sorted[evicted..].ToArray(), PowerMoments.OfConstant(zeros, 0).Merge(PowerMoments.Of(sorted[..evicted])), Moments.Of(logs));
    }

    private static ValueSummary OfBinary(BinarySample binary)
    {
        var kept = (int)Math.Min(Kept, binary.Successes);
        return new ValueSummary(
            Enumerable.Repeat(1.0, kept).ToArray(),
            PowerMoments.OfConstant(binary.Count - binary.Successes, 0).Merge(PowerMoments.OfConstant(binary.Successes - kept, 1)),
            new Moments(binary.Successes, 0, 0));
    }
}
