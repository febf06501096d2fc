namespace Noah.Experimentation.Inference;

/// <summary>Whether a test could be computed. Where it could not, its statistic and p are null.</summary>
public enum TestStatus
{
    /// <summary>Statistic and p are there.</summary>
    Computed,

    /// <summary>An arm has fewer values than the test needs.</summary>
    TooFewObservations,

    /// <summary>All values are equal, so nothing can be compared.</summary>
    NoVariation,
}
