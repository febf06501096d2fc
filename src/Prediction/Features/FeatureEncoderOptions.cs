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

    /// <summary>
    /// Names of one feature that are counted exactly while rules are fitted, never fewer than <see cref="MaxNames"/>. Beyond, the rare half is
    /// forgotten whenever the room is full: a count is then too low by at most 2 / CountedNames of the rows. Default 500,000, about 50 MB.
    /// At least 2.
    /// </summary>
    public int CountedNames { get; init; } = 500_000;

    /// <summary>
    /// Names of one row of a multi-valued feature that are read, the most frequent in training first (hashed: in an order of the hash).
    /// Default 8: each costs a look-up. 1 to 64.
    /// </summary>
    public int MaxValues { get; init; } = 8;

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
        ArgumentOutOfRangeException.ThrowIfLessThan(CountedNames, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxValues, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxValues, 64);
    }
}
