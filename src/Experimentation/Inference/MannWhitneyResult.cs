using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="MannWhitneyTest"/>.</summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="Statistic">Standard normal statistic, positive when treatment tends to exceed control.</param>
/// <param name="PValue">Two-sided p by <paramref name="Source"/>; the normal one has no continuity correction.</param>
/// <param name="Superiority">P(treatment &gt; control) + ½ P(equal), in [0, 1]; null when an arm is empty.</param>
/// <param name="StandardError">Standard error of the superiority (DeLong), valid under alternatives too.</param>
/// <param name="Interval">Interval of the superiority, symmetric on the logit scale; null when all pairs point one way.</param>
/// <param name="Source">Normal, or permutation where an arm of a zero-inflated metric has too few positives.</param>
public sealed record MannWhitneyResult(
    TestStatus Status,
    double? Statistic,
    double? PValue,
    double? Superiority,
    double? StandardError,
    Interval? Interval,
    PValueSource Source = PValueSource.Normal);
