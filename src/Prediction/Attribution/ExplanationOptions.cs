using Noah.Prediction.Features;

namespace Noah.Prediction.Attribution;

/// <summary>How scores are explained.</summary>
public sealed record ExplanationOptions
{
    /// <summary>
    /// The rows against which others are explained, such as a sample of the members: contributions add up to the distance from their score.
    /// Needs the features of training, and a row. Null, the default: one row of which every feature is missing, which for numbers is the median.
    /// </summary>
    public FeatureTable? Reference { get; init; }

    /// <summary>
    /// Orders in which features are added. Even, as each is followed by its reverse; each such pair meets one reference row: all in turn, or, of
    /// more than pairs, rows at equal distances. Default 16: about 500 scores a row of 30 features. In [2, 100,000].
    /// </summary>
    public int Permutations { get; init; } = 16;

    /// <summary>Seed of the orders. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        if (Permutations is < 2 or > 100_000 || Permutations % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Permutations), Permutations, "The number of permutations must be even and in [2, 100000].");
        }
        if (Reference is { Rows: 0 })
        {
            throw new ArgumentException("The reference needs at least one row.", nameof(Reference));
        }
    }
}
