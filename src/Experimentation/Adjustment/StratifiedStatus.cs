namespace Noah.Experimentation.Adjustment;

/// <summary>Whether a stratified difference could be computed.</summary>
public enum StratifiedStatus
{
    /// <summary>It is there.</summary>
    Computed,

    /// <summary>A stratum with units has fewer than two in an arm; <see cref="StratifiedResult.Missing"/> names it.</summary>
    MissingArm,

    /// <summary>All values are equal within strata, or there is no unit.</summary>
    NoVariation,
}
