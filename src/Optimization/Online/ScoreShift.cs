namespace Noah.Optimization.Online;

/// <summary>How far a score distribution has moved, by the usual thresholds of the population stability index.</summary>
public enum ScoreShift
{
    /// <summary>Index below 0.1.</summary>
    Stable,

    /// <summary>Index in [0.1, 0.25).</summary>
    Moderate,

    /// <summary>Index of 0.25 or more.</summary>
    Major,

    /// <summary>Fewer than <see cref="ScoreDrift.LeastScores"/> scores on one side.</summary>
    TooFew,
}
