namespace Noah.Optimization.Online;

/// <summary>Where consumption of a row stands against the plan.</summary>
public enum DriftStatus
{
    /// <summary>Within the tolerance, or not beyond chance.</summary>
    OnPlan,

    /// <summary>More was used than planned.</summary>
    Over,

    /// <summary>Less was used than planned.</summary>
    Under,

    /// <summary>Too little of the plan was due, or the tolerance lies within chance, and the departure does too.</summary>
    TooEarly,
}

/// <summary>What to do about it.</summary>
public enum DriftRecommendation
{
    /// <summary>Keep the prices.</summary>
    Keep,

    /// <summary>Solve again, from these prices.</summary>
    Resolve,
}
