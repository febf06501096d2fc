using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Result of <see cref="RegressionAdjustment"/>.</summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="Difference">Average effect, in the metric's unit a unit.</param>
/// <param name="StandardError">Robust standard error.</param>
/// <param name="DegreesOfFreedom">Units minus the coefficients of both arms.</param>
/// <param name="Statistic">Difference over standard error.</param>
/// <param name="PValue">Two-sided p from Student's t.</param>
/// <param name="Interval">Interval of the difference.</param>
/// <param name="VarianceReduction">1 − adjusted / unadjusted variance of the difference; below 0 where the covariates only cost degrees of
/// freedom.</param>
/// <param name="Used">Covariates used, by index: one that does not vary, or that others explain, is left out.</param>
public sealed record AdjustedResult(
    TestStatus Status,
    double? Difference,
    double? StandardError,
    double? DegreesOfFreedom,
    double? Statistic,
    double? PValue,
    Interval? Interval,
    double? VarianceReduction,
    IReadOnlyList<int> Used);
