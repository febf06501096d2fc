using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.MeanValue;

/// <summary>Result of <see cref="MeanValueTest"/>.</summary>
/// <param name="Status">Whether the interval is there, and whether it may decide.</param>
/// <param name="Difference">Mean of treatment minus mean of control minus the difference of costs, in the metric's unit a unit; null when an arm is
/// empty.</param>
/// <param name="StandardError">Standard error of the difference, unequal variances; null below two units in an arm.</param>
/// <param name="Statistic">Difference over standard error.</param>
/// <param name="PValue">Two-sided: twice the smaller tail of the permutation law, at most 1 and at least 2 / (permutations + 1).</param>
/// <param name="Interval">Interval of the difference, ends at the quantiles of the permutation law; need not be symmetric; null where
/// labels exist under which no arm varies.</param>
/// <param name="EffectiveBuyers">The smaller of both arms' <see cref="ValueSummary.EffectiveBuyers"/>.</param>
public sealed record MeanValueResult(
    MeanValueStatus Status,
    double? Difference,
    double? StandardError,
    double? Statistic,
    double? PValue,
    Interval? Interval,
    double EffectiveBuyers);
