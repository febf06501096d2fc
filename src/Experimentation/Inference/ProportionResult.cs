using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="ProportionTest"/>.</summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="Method">How p was obtained.</param>
/// <param name="Difference">Rate of treatment minus rate of control, in [−1, 1]; null when an arm is empty.</param>
/// <param name="StandardError">Standard error of the difference with unpooled rates, for intervals.</param>
/// <param name="Statistic">Normal statistic with the pooled rate, for testing.</param>
/// <param name="PValue">Two-sided p by <paramref name="Method"/>.</param>
/// <param name="Interval">Newcombe's hybrid score interval of the difference, which stays honest for rare events.</param>
public sealed record ProportionResult(
    TestStatus Status,
    ProportionMethod Method,
    double? Difference,
    double? StandardError,
    double? Statistic,
    double? PValue,
    Interval? Interval);
