namespace Noah.Experimentation.Statistics;

/// <summary>Real values of one arm, kept sorted for rank tests.</summary>
public sealed class ContinuousSample : MetricSample
{
    private readonly double[] _sorted;

    private ContinuousSample(double[] sorted)
        : base(Moments.Of(sorted)) => _sorted = sorted;

    /// <inheritdoc/>
    public override MetricKind Kind => MetricKind.Continuous;

    /// <summary>All values in ascending order.</summary>
    public ReadOnlySpan<double> Values => _sorted;

    /// <summary>Builds the sample; the values are copied.</summary>
    /// <param name="values">One finite value per unit, any order and sign.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static ContinuousSample FromValues(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new ContinuousSample(sorted);
    }
}
