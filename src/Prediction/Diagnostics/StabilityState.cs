namespace Noah.Prediction.Diagnostics;

/// <summary>Where a rate lies between the bounds of linear stability.</summary>
public enum StabilityState
{
    /// <summary>Below the rate that no family of curvatures of this sharpness and coherence needs to fall under.</summary>
    Stable,

    /// <summary>Between the bounds: stable or not, by details that neither bound sees.</summary>
    Watch,

    /// <summary>Above the rate from which steps move away from a minimum of this curvature, in mean square.</summary>
    Unstable,
}
