namespace Noah.Experimentation.Statistics;

/// <summary>Zeros and ones of one arm, as counts.</summary>
public sealed class BinarySample : MetricSample
{
    /// <summary>Builds the sample from counts.</summary>
    /// <param name="count">Number of units, at least 0.</param>
    /// <param name="successes">Units with outcome one, in [0, count].</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public BinarySample(long count, long successes)
        : base(Moments.OfBinary(count, successes)) => Successes = successes;

    /// <inheritdoc/>
    public override MetricKind Kind => MetricKind.Binary;

    /// <summary>Units with outcome one.</summary>
    public long Successes { get; }
}
