namespace Noah.Experimentation.Adjustment;

/// <summary>How squared residuals are corrected for their leverage h (MacKinnon and White 1985).</summary>
public enum RobustVariance
{
    /// <summary>e² / (1 − h): unbiased under equal variances.</summary>
    Hc2,

    /// <summary>e² / (1 − h)²: close to the jackknife, conservative in small arms.</summary>
    Hc3,
}
