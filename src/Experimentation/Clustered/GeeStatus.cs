namespace Noah.Experimentation.Clustered;

/// <summary>Whether estimating equations could be solved.</summary>
public enum GeeStatus
{
    /// <summary>Coefficients and errors are there.</summary>
    Computed,

    /// <summary>Not more clusters than coefficients.</summary>
    TooFewClusters,

    /// <summary>A covariate does not vary or follows from others, or the working correlation is no correlation.</summary>
    Singular,

    /// <summary>Iteration did not settle: an outcome that a covariate separates, for instance.</summary>
    NotConverged,
}
