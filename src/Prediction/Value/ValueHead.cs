namespace Noah.Prediction.Value;

/// <summary>The distribution of an amount above 0.</summary>
public enum ValueHead
{
    /// <summary>One lognormal: few parameters, for amounts that differ between rows more than within a row.</summary>
    Lognormal,

    /// <summary>
    /// A mixture of lognormals: for heavy tails and several kinds of buyers in one row, of whom the share of the large ones makes the mean.
    /// </summary>
    LognormalMixture,
}
