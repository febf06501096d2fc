namespace Noah.Prediction.Transactions;

/// <summary>How a maximum-likelihood fit ended.</summary>
public enum EstimationStatus
{
    /// <summary>A strict interior maximum was found; there are parameters and standard errors.</summary>
    Estimated,

    /// <summary>
    /// Of BG/NBD: drop-out cannot be told from none. The likelihood is highest where nobody leaves for good, or nowhere significantly (5 %)
    /// higher. There are the parameters of the model without drop-out, which is nested in it.
    /// </summary>
    NoDropOut,

    /// <summary>
    /// Of BG/NBD: customers leave, and none more readily than another as far as the data can tell: the likelihood does not fall as a and b grow
    /// together. There are the parameters with b held at <see cref="BgNbdModel.AlikeB"/>.
    /// </summary>
    AlikeDropOut,

    /// <summary>Fewer repeat customers than <see cref="BgNbdModel.MinRepeaters"/>; nothing was fitted.</summary>
    TooFewRepeaters,

    /// <summary>
    /// No interior maximum was found: the data do not identify the parameters (all buy alike, or all leave at once), and some run away.
    /// </summary>
    NotConverged,
}
