using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="WelchTest"/>.</summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="Difference">Mean of treatment minus mean of control, in the metric's unit; null when an arm is empty.</param>
/// <param name="StandardError">Standard error of the difference, unequal variances; null below two values in an arm.</param>
/// <param name="DegreesOfFreedom">Welch–Satterthwaite degrees of freedom.</param>
/// <param name="Statistic">Difference over standard error.</param>
/// <param name="PValue">Two-sided p from Student's t.</param>
/// <param name="Interval">Confidence interval of the difference, in the metric's unit.</param>
public sealed record WelchResult(
    TestStatus Status,
    double? Difference,
    double? StandardError,
    double? DegreesOfFreedom,
    double? Statistic,
    double? PValue,
    Interval? Interval);
