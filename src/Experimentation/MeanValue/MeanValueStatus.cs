namespace Noah.Experimentation.MeanValue;

/// <summary>Whether money can be decided by the interval of the mean.</summary>
public enum MeanValueStatus
{
    /// <summary>The interval is there and may decide.</summary>
    Computed,

    /// <summary>
    /// The interval is there to be shown and must not decide: so few values carry the means that an arm may have been lucky in its largest
    /// ones, and its interval cannot be trusted to cover.
    /// </summary>
    TooFewBuyers,

    /// <summary>An arm has fewer than two units.</summary>
    TooFewObservations,

    /// <summary>All values are equal, so that nothing can be compared: nobody bought.</summary>
    NoVariation,
}
