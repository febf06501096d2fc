namespace Noah.Experimentation.Resampling;

/// <summary>How an interval is read from bootstrap differences.</summary>
public enum BootstrapMethod
{
    /// <summary>Their quantiles.</summary>
    Percentile,

    /// <summary>Bias-corrected and accelerated quantiles (Efron 1987): second-order right for skewed means.</summary>
    Bca,
}
