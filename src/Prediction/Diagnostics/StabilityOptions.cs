namespace Noah.Prediction.Diagnostics;

/// <summary>How the rate of a training is watched.</summary>
public sealed record StabilityOptions
{
    /// <summary>
    /// Training rows whose curvature is measured, the same all through a training; fewer where the training has fewer. Default 256.
    /// 2 to 4,096.
    /// </summary>
    public int ProbeRows { get; init; } = 256;

    /// <summary>
    /// Whether an alarm halves the rate and goes back to the weights before it; else it is only reported. Default true.
    /// </summary>
    public bool React { get; init; } = true;
}
