namespace Noah.Prediction.Labels;

/// <summary>What a leakage check says of a feature; the worse, the larger.</summary>
public enum LeakageStatus
{
    /// <summary>Nothing was found.</summary>
    Passes,

    /// <summary>It behaves as only something computed after the outcome does. Leave it out unless its origin is known.</summary>
    Suspicious,

    /// <summary>It was proven to use what lies at or behind the snapshot: leave it out.</summary>
    Leaks,
}

/// <summary>By what a feature was judged.</summary>
public enum LeakageTest
{
    /// <summary>The times of its sources against the snapshots.</summary>
    SourceTimes,

    /// <summary>Its values against those recomputed from before the snapshots.</summary>
    Recomputed,

    /// <summary>How well it tells the outcome all by itself.</summary>
    AloneAuc,

    /// <summary>Whether it changes more often where the outcome came about.</summary>
    ChangeWithOutcome,
}
