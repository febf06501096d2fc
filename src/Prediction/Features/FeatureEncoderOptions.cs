namespace Noah.Prediction.Features;

/// <summary>How a <see cref="FeatureEncoder"/> is fitted.</summary>
public sealed record FeatureEncoderOptions
{
    /// <summary>
    /// A name seen in fewer training rows shares the code of the rare. Default 20: fewer rows say little about a name. At least 1.
    /// </summary>
    public int MinNameCount { get; init; } = 20;

    /// <summary>Names kept for each categorical feature, the most frequent first. Default 10,000. At least 1.</summary>
    public int MaxNames { get; init; } = 10_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinNameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNames, 1);
    }
}
