namespace Noah.Prediction.Uplift;

/// <summary>How a fit of an uplift model ended.</summary>
public enum UpliftStatus
{
    /// <summary>There is a model. Whether it ranks better than chance is for <see cref="UpliftMetrics"/> to say.</summary>
    Trained,

    /// <summary>An arm has fewer than <see cref="UpliftModel.MinArmRows"/> rows: no model.</summary>
    TooFewRows,

    /// <summary>All outcomes are equal: there is no effect to learn, and no model.</summary>
    OneOutcome,

    /// <summary>
    /// For more than a fifth of the rows the estimated propensity lies beyond the clip: members of one arm hardly occur in the other. No
    /// model.
    /// </summary>
    NoOverlap,
}
