using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Result of <see cref="StratifiedTest"/>.</summary>
/// <param name="Status">Whether the difference is there.</param>
/// <param name="Difference">Differences within strata, weighted by the strata's units.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">Satterthwaite's.</param>
/// <param name="PValue">Two-sided p from Student's t.</param>
/// <param name="Interval">Interval of the difference.</param>
/// <param name="SplitChanged">
/// Whether the split differs between strata beyond chance (p below 0.001): weights were changed mid-run, and the plain difference of means mixes
/// days of different sales (Simpson's paradox). This one does not.
/// </param>
/// <param name="Missing">Strata that lack an arm.</param>
public sealed record StratifiedResult(
    StratifiedStatus Status,
    double? Difference,
    double? StandardError,
    double? DegreesOfFreedom,
    double? PValue,
    Interval? Interval,
    bool SplitChanged,
    IReadOnlyList<string> Missing);
