using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>One arm against another in one metric. Differences are treatment minus baseline.</summary>
/// <param name="Treatment">Name of the first arm.</param>
/// <param name="Baseline">Name of the arm that is subtracted.</param>
/// <param name="AgainstControl">Whether the baseline is the control.</param>
/// <param name="Estimate">Difference of the means in the metric's unit per unit; null when an arm is empty.</param>
/// <param name="StandardError">Standard error of the difference.</param>
/// <param name="Interval">Interval of the difference: Welch, for binary metrics Newcombe.</param>
/// <param name="Lift">Relative lift; null where the baseline mean is not clearly above 0 (below two standard errors).</param>
/// <param name="Tests">All tests that apply.</param>
/// <param name="HeadlinePValue">p of the headline test, unadjusted.</param>
/// <param name="AdjustedPValue">Holm-adjusted p; null for contrasts between treatments, which belong to no family.</param>
/// <param name="Agreement">Whether the trusted tests agree.</param>
/// <param name="MannWhitney">Full rank result; null for binary metrics.</param>
/// <param name="ZeroTrimmedU">Full result with its components; null but for zero-inflated metrics.</param>
/// <param name="TwoPart">Split into participation and amount; null but for zero-inflated metrics.</param>
/// <param name="Conclusion">What to take from it, in a sentence or two.</param>
public sealed record Contrast(
    string Treatment,
    string Baseline,
    bool AgainstControl,
    double? Estimate,
    double? StandardError,
    Interval? Interval,
    RelativeLift? Lift,
    IReadOnlyList<TestSummary> Tests,
    double? HeadlinePValue,
    double? AdjustedPValue,
    TestAgreement Agreement,
    MannWhitneyResult? MannWhitney,
    ZeroTrimmedUResult? ZeroTrimmedU,
    TwoPartResult? TwoPart,
    string Conclusion);
