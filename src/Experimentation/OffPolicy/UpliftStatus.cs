namespace Noah.Experimentation.OffPolicy;

/// <summary>Whether the evidence could be computed.</summary>
public enum UpliftStatus
{
    /// <summary>All figures are there.</summary>
    Computed,

    /// <summary>All predicted increments are equal: the average effect is there, slope and ranking figures are not.</summary>
    ConstantPredictions,

    /// <summary>Fewer than ten units in an arm: nothing is computed and there is no evidence.</summary>
    TooFewObservations,

    /// <summary>All outcomes are equal: there is no evidence.</summary>
    NoVariation,
}
