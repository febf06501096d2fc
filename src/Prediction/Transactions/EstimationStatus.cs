namespace Noah.Prediction.Transactions;

/// <summary>How a maximum-likelihood fit ended.</summary>
public enum EstimationStatus
{
    /// <summary>A strict interior maximum was found; there are parameters and standard errors.</summary>
    Estimated,

    /// <summary>Fewer repeat customers than <see cref="BgNbdModel.MinRepeaters"/>; nothing was fitted.</summary>
    TooFewRepeaters,

    /// <summary>
    /// No interior maximum was found: the data do not identify the parameters (nobody drops out, or all buy alike), and some run away.
    /// </summary>
    NotConverged,
}
