namespace Noah.Prediction.Diagnostics;

/// <summary>Where a rate lies between the bounds of linear stability.</summary>
public enum StabilityState
{
    /// <summary>Below the rate under which curvatures of this sharpness and coherence are stable in the worst family known.</summary>
    Stable,

    /// <summary>Between the bounds: stable or not, by details that neither bound sees.</summary>
    Watch,

    /// <summary>Above the rate from which steps move away from a minimum of this curvature, in mean square.</summary>
    Unstable,
}
