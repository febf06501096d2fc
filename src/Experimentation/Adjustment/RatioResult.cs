using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Result of <see cref="RatioTest"/>.</summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="Treatment">Ratio of the treatment arm; null where its denominator sums to zero.</param>
/// <param name="Control">Ratio of the control arm.</param>
/// <param name="Difference">Treatment minus control, in numerator units a denominator unit.</param>
/// <param name="StandardError">Standard error of the difference by the delta method.</param>
/// <param name="Statistic">Difference over standard error.</param>
/// <param name="PValue">Two-sided, normal.</param>
/// <param name="Interval">Normal interval of the difference (delta method).</param>
/// <param name="FiellerInterval">
/// Interval of the difference from Fieller's intervals of both ratios, squared distances added (Zou and Donner 2008): wider on the side where a small
/// denominator makes a ratio large. Null where a denominator is not clearly away from zero at this confidence: no bounded interval exists.
/// </param>
/// <param name="Lift">Relative difference treatment / control − 1; null where the control ratio is zero.</param>
/// <param name="LiftInterval">Interval of the lift on the log scale; null where a ratio is not above zero.</param>
public sealed record RatioResult(
    TestStatus Status,
    double? Treatment,
    double? Control,
    double? Difference,
    double? StandardError,
    double? Statistic,
    double? PValue,
    Interval? Interval,
    Interval? FiellerInterval,
    double? Lift,
    Interval? LiftInterval);
