using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>One metric in one arm.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="IsControl">Whether it is the control.</param>
/// <param name="Count">Units with a value, zeros included.</param>
/// <param name="Mean">Mean over all units; null in an empty arm.</param>
/// <param name="StandardDeviation">Standard deviation over all units; null below two.</param>
/// <param name="MeanInterval">Interval of the mean: Student's t, for binary metrics Wilson's.</param>
/// <param name="Positives">Units with a positive value; null for continuous metrics.</param>
/// <param name="PositiveRate">Share of units with a positive value; null for continuous metrics and empty arms.</param>
/// <param name="PositiveRateInterval">Wilson's interval of that share.</param>
/// <param name="AmountMean">Mean of the positive values, zero-inflated metrics only.</param>
/// <param name="AmountMedian">Median of the amounts: the positive values of zero-inflated, all values of continuous metrics.</param>
/// <param name="AmountP90">90 % quantile of the amounts.</param>
/// <param name="Maximum">Largest amount.</param>
/// <param name="AmountQuantiles">41 evenly spaced quantiles of the amounts from 0 to 1; empty for binary metrics or without amounts.</param>
public sealed record ArmSummary(
    string Arm,
    bool IsControl,
    long Count,
    double? Mean,
    double? StandardDeviation,
    Interval? MeanInterval,
    long? Positives,
    double? PositiveRate,
    Interval? PositiveRateInterval,
    double? AmountMean,
    double? AmountMedian,
    double? AmountP90,
    double? Maximum,
    IReadOnlyList<QuantilePoint> AmountQuantiles);
