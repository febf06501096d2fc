using Noah.Prediction.Transactions;

namespace Noah.Prediction.Lifetime;

/// <summary>How training ended.</summary>
public enum LifetimeStatus
{
    /// <summary>There is a model.</summary>
    Trained,

    /// <summary>Fewer than <see cref="LifetimeModel.MinCustomers"/> customers to learn from or to judge by.</summary>
    TooFewCustomers,

    /// <summary>Nobody brought anything within the longest known horizon: there is nothing to learn.</summary>
    NoValue,
}

/// <summary>Why one of the two ways was chosen.</summary>
public enum LifetimeReason
{
    /// <summary>The 95 % interval of the difference in normalised Gini has it ahead.</summary>
    RanksBetter,

    /// <summary>The two rank alike as far as the judged customers can tell, and its deciles come closer to what was brought.</summary>
    CalibratedBetter,

    /// <summary>The other could not be estimated.</summary>
    OnlyOne,
}

/// <summary>Outcome of <see cref="LifetimeModel.Train"/>.</summary>
public sealed record LifetimeFit
{
    /// <summary>How it ended; only <see cref="LifetimeStatus.Trained"/> comes with a model.</summary>
    public required LifetimeStatus Status { get; init; }

    /// <summary>The model; null unless trained.</summary>
    public LifetimeModel? Model { get; init; }

    /// <summary>Why its method was chosen; null unless trained.</summary>
    public LifetimeReason? Reason { get; init; }

    /// <summary>Those that could be estimated, on the judged customers.</summary>
    public IReadOnlyList<LifetimeCompetitor> Competitors { get; init; } = [];

    /// <summary>Normalised Gini of ranking by spend so far, the first purchase aside, the least that a model must beat; null where amounts do not vary.</summary>
    public double? PastSpendGini { get; init; }

    /// <summary>Normalised Gini of the network less that of purchases; null unless there are both.</summary>
    public double? GiniDifference { get; init; }

    /// <summary>Lower end of its 95 % interval, from resamples of the judged customers.</summary>
    public double? GiniDifferenceLower { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? GiniDifferenceUpper { get; init; }

    /// <summary>How the fit of BG/NBD ended; null where it was not tried.</summary>
    public EstimationStatus? Purchases { get; init; }

    /// <summary>How the fit of gamma-gamma ended; null where it was not tried.</summary>
    public EstimationStatus? Spend { get; init; }
}
