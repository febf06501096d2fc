namespace Noah.Experimentation.Sequential;

/// <summary>Whether a look at a sequence may be read.</summary>
public enum SequentialStatus
{
    /// <summary>Interval and p are valid, now and at every other look.</summary>
    Open,

    /// <summary>Too few or too skewed observations for the normal law that the sequence leans on: nothing is shown yet.</summary>
    BurnIn,

    /// <summary>All values are equal, so nothing can be compared.</summary>
    NoVariation,
}
