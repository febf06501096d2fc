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

    /// <summary>How names become codes. Default Full: a campaign's features have few names.</summary>
    public VocabularyKind Vocabulary { get; init; } = VocabularyKind.Full;

    /// <summary>
    /// Codes of each hashed feature; with quotient and remainder those of both tables together. Features with no more names than that keep a
    /// full vocabulary, which needs no more room and shares no code. Default 4,096. In [4, 100,000,000].
    /// </summary>
    public int HashRows { get; init; } = 4096;

    internal void Validate()
    {
        if (!Enum.IsDefined(Vocabulary))
        {
            throw new ArgumentOutOfRangeException(nameof(Vocabulary), Vocabulary, "The kind of vocabulary must be one of its names.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(HashRows, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HashRows, 100_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinNameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNames, 1);
    }
}
