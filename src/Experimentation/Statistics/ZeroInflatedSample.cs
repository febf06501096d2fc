namespace Noah.Experimentation.Statistics;

/// <summary>
/// Amounts of one arm of which most are zero, kept as a count of zeros and the sorted positives: every test of this engine costs
/// O(n₊ log n₊), and one SQL aggregate can deliver the input.
/// </summary>
public sealed class ZeroInflatedSample : MetricSample
{
    private readonly double[] _positives;

    private ZeroInflatedSample(double[] sortedPositives, long zeros, Moments positiveMoments)
        : base(positiveMoments.Merge(new Moments(zeros, 0, 0)))
    {
        _positives = sortedPositives;
        Zeros = zeros;
        PositiveMoments = positiveMoments;
    }

    /// <inheritdoc/>
    public override MetricKind Kind => MetricKind.ZeroInflated;

    /// <summary>Number of units with the value zero.</summary>
    public long Zeros { get; }

    /// <summary>The positive values in ascending order.</summary>
    public ReadOnlySpan<double> Positives => _positives;

    /// <summary>Number of units with a positive value.</summary>
    public long PositiveCount => _positives.Length;

    /// <summary>Count, mean and squared deviations of the positive values alone.</summary>
    public Moments PositiveMoments { get; }

    /// <summary>Share of units with a positive value, in [0, 1]; null in an empty sample.</summary>
    public double? PositiveRate => Count == 0 ? null : (double)PositiveCount / Count;

    /// <summary>Builds the sample from one value per unit; the values are copied.</summary>
    /// <param name="values">Finite values of at least 0, any order.</param>
    /// <exception cref="ArgumentException">A value is negative, NaN or infinite; the message names its index.</exception>
    public static ZeroInflatedSample FromValues(ReadOnlySpan<double> values)
    {
        var (positives, count) = (new double[16], 0);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value == 0)
            {
                continue;
            }

            if (!(value > 0 && value <= double.MaxValue))
            {
                throw new ArgumentException($"Value {i} is {value}: every value must be finite and at least 0.", nameof(values));
            }

            if (count == positives.Length)
            {
                Array.Resize(ref positives, 2 * count);
            }

            positives[count++] = value;
        }

        return Build(positives[..count], values.Length - count);
    }

    /// <summary>Builds the sample from its positive values and the number of zeros; the values are copied.</summary>
    /// <param name="positives">Finite values above 0, any order.</param>
    /// <param name="zeros">Number of units with the value zero, at least 0.</param>
    /// <exception cref="ArgumentException">A value is not positive and finite; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="zeros"/> is negative.</exception>
    public static ZeroInflatedSample FromPositives(ReadOnlySpan<double> positives, long zeros)
    {
        Require.AtLeast(zeros, 0);
        for (var i = 0; i < positives.Length; i++)
        {
            if (!double.IsFinite(positives[i]) || positives[i] <= 0)
            {
                throw new ArgumentException($"Value {i} is {positives[i]}: every value must be finite and above 0.", nameof(positives));
            }
        }

        return Build(positives.ToArray(), zeros);
    }

    /// <summary>Quantile of the positive values by linear interpolation between order statistics (type 7 of Hyndman and Fan).</summary>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <returns>The quantile in the metric's unit; null when there is no positive value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public double? PositiveQuantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Must lie in [0, 1].");
        }

        return Quantiles.OfSorted(_positives, probability);
    }

    internal static ZeroInflatedSample FromSorted(double[] positives, long zeros, Moments positiveMoments) => new(positives, zeros, positiveMoments);

    private static ZeroInflatedSample Build(double[] positives, long zeros)
    {
        Array.Sort(positives);
        return new ZeroInflatedSample(positives, zeros, Moments.Of(positives));
    }
}
