namespace Noah.Experimentation.Statistics;

/// <summary>
/// Count, mean and sum of squared deviations: the additive summary from which means, variances and Welch tests follow.
/// Two halves merged equal the whole (Chan, Golub and LeVeque 1979), so partitions can be aggregated apart.
/// </summary>
/// <remarks>The default value is the empty sample, the neutral element of <see cref="Merge"/>.</remarks>
public readonly record struct Moments
{
    /// <summary>Builds a summary from stored parts.</summary>
    /// <param name="count">Number of values, at least 0.</param>
    /// <param name="mean">Mean of the values, finite; 0 for an empty sample.</param>
    /// <param name="m2">Sum of squared deviations from the mean, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is outside its range.</exception>
    public Moments(long count, double mean, double m2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "Must be finite.");
        }

        if (!double.IsFinite(m2) || m2 < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(m2), m2, "Must be finite and at least 0.");
        }

        Count = count;
        Mean = count == 0 ? 0 : mean;
        M2 = count < 2 ? 0 : m2;
    }

    /// <summary>Number of values.</summary>
    public long Count { get; }

    /// <summary>Mean, in the metric's unit; 0 in an empty sample, which <see cref="Count"/> tells apart.</summary>
    public double Mean { get; }

    /// <summary>Sum of squared deviations from the mean, in the metric's unit squared.</summary>
    public double M2 { get; }

    /// <summary>Unbiased variance M2 / (n − 1); null below two values.</summary>
    public double? Variance => Count > 1 ? M2 / (Count - 1) : null;

    /// <summary>Square root of <see cref="Variance"/>; null below two values.</summary>
    public double? StandardDeviation => Variance is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>Standard error of the mean; null below two values.</summary>
    public double? StandardError => Variance is { } variance ? Math.Sqrt(variance / Count) : null;

    /// <summary>Summary of raw values, by two passes.</summary>
    /// <param name="values">Finite values in any order; empty gives the empty summary.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        if (values.IsEmpty)
        {
            return default;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        double m2 = 0, drift = 0;
        foreach (var value in values)
        {
            var deviation = value - mean;
            m2 += deviation * deviation;
            drift += deviation;
        }

        // The drift term removes the rounding error of the mean (corrected two-pass algorithm).
        return new Moments(values.Length, mean, Math.Max(0, m2 - (drift * drift / values.Length)));
    }

    /// <summary>Summary of a sample of zeros and ones.</summary>
    /// <param name="count">Number of units, at least 0.</param>
    /// <param name="successes">Number of ones, in [0, count].</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static Moments OfBinary(long count, long successes)
    {
        Require.AtLeast(count, 0);
        Require.AtLeast(successes, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        return count == 0 ? default : new Moments(count, (double)successes / count, (double)successes * (count - successes) / count);
    }

    /// <summary>The summary of both samples together.</summary>
    /// <param name="other">Summary of a disjoint sample.</param>
    public Moments Merge(Moments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var total = Count + other.Count;
        var delta = other.Mean - Mean;
        var share = (double)other.Count / total;
        return new Moments(total, Mean + (delta * share), M2 + other.M2 + (delta * delta * Count * share));
    }

    /// <summary>The summary after one more value (Welford's update).</summary>
    /// <param name="value">A finite value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public Moments Add(double value) => Merge(new Moments(1, value, 0));
}
