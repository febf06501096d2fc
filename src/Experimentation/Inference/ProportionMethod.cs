namespace Noah.Experimentation.Inference;

/// <summary>How the p of a comparison of two proportions was obtained.</summary>
public enum ProportionMethod
{
    /// <summary>Normal statistic with the pooled rate.</summary>
    PooledNormal,

    /// <summary>Fisher's exact test: an expected cell count is below 5, where the normal statistic is not to be trusted.</summary>
    FisherExact,
}
