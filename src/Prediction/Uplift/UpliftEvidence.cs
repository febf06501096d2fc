namespace Noah.Prediction.Uplift;

/// <summary>What held-out rows say about a ranking by predicted effects.</summary>
public enum UpliftEvidence
{
    /// <summary>The interval of the gain over a random order lies above 0.</summary>
    BetterThanRandom,

    /// <summary>The interval holds 0: nothing speaks for treating by this ranking rather than at random.</summary>
    NoEvidence,

    /// <summary>The interval lies below 0.</summary>
    WorseThanRandom,

    /// <summary>An arm has fewer than <see cref="UpliftMetrics.MinArmRows"/> rows, or no interval was asked for.</summary>
    NotTested,
}
