namespace Noah.Experimentation.Statistics;

/// <summary>
/// Count, mean and the sums of the second, third and fourth powers of deviations: what skewness, kurtosis and the permutation law of a
/// mean need. Two halves merged equal the whole (Pébay 2008, equations 2.1 to 2.4).
/// </summary>
/// <remarks>The default value is the empty sample, the neutral element of <see cref="Merge"/>.</remarks>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Mean, in the metric's unit; 0 in an empty sample.</param>
/// <param name="M2">Sum of squared deviations.</param>
/// <param name="M3">Sum of cubed deviations.</param>
/// <param name="M4">Sum of fourth powers of deviations.</param>
public readonly record struct PowerMoments(long Count, double Mean, double M2, double M3, double M4)
{
    /// <summary>Count, mean and squared deviations alone.</summary>
    public Moments Moments => new(Count, Mean, Math.Max(0, M2));

    /// <summary>Summary of raw values, by two passes.</summary>
    /// <param name="values">Finite values in any order; empty gives the empty summary.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static PowerMoments Of(ReadOnlySpan<double> values)
    {
        var moments = Moments.Of(values);
        double m3 = 0, m4 = 0;
        foreach (var value in values)
        {
            var deviation = value - moments.Mean;
            var square = deviation * deviation;
            m3 += square * deviation;
            m4 += square * square;
        }

        return new PowerMoments(moments.Count, moments.Mean, moments.M2, m3, m4);
    }

    /// <summary>Summary of <paramref name="count"/> values that all equal <paramref name="value"/>.</summary>
    /// <param name="count">Number of values, at least 0.</param>
    /// <param name="value">The value, finite.</param>
    public static PowerMoments OfConstant(long count, double value)
    {
        Require.AtLeast(count, 0);
        return count == 0 ? default : new PowerMoments(count, value, 0, 0, 0);
    }

    /// <summary>The summary of both samples together.</summary>
    /// <param name="other">Summary of a disjoint sample.</param>
    public PowerMoments Merge(PowerMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double n1 = Count, n2 = other.Count, n = n1 + n2;
        var delta = other.Mean - Mean;
        var perUnit = delta / n;
        var cross = delta * perUnit * n1 * n2;
        return new PowerMoments(
            Count + other.Count,
            Mean + (perUnit * n2),
            M2 + other.M2 + cross,
            M3 + other.M3 + (cross * perUnit * (n1 - n2)) + (3 * perUnit * ((n1 * other.M2) - (n2 * M2))),
            M4 + other.M4
                + (cross * perUnit * perUnit * ((n1 * n1) - (n1 * n2) + (n2 * n2)))
                + (6 * perUnit * perUnit * ((n1 * n1 * other.M2) + (n2 * n2 * M2)))
                + (4 * perUnit * ((n1 * other.M3) - (n2 * M3))));
    }

    /// <summary>The summary after one more value.</summary>
    /// <param name="value">A finite value.</param>
    public PowerMoments Add(double value) => Merge(new PowerMoments(1, value, 0, 0, 0));
}
