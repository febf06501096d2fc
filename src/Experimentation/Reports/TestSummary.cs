using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Reports;

/// <summary>One test of a contrast.</summary>
/// <param name="Kind">Which test.</param>
/// <param name="IsHeadline">Whether the conclusion rests on it.</param>
/// <param name="Status">Whether it could be computed.</param>
/// <param name="Statistic">t, z or chi-square.</param>
/// <param name="PValue">Two-sided p.</param>
/// <param name="Trusted">False where a warning says that the test's assumptions fail on these data.</param>
public sealed record TestSummary(
    TestKind Kind, bool IsHeadline, TestStatus Status, double? Statistic, double? PValue, bool Trusted);
