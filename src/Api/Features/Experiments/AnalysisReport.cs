using Noah.Api.Features.Metrics.Contracts;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments;

/// <summary>The stored figures of an analysis: what the JSON shows and what the page draws.</summary>
/// <param name="Verdict">What to take from it, in a few sentences.</param>
/// <param name="Units">Members exposed.</param>
/// <param name="StartedAt">First instant of exposure.</param>
/// <param name="EndedAt">End of the outcome window.</param>
/// <param name="WindowOpen">True when it was made before the windows of all members had closed: late outcomes are missing, and repeated looks raise the error level.</param>
/// <param name="Confidence">Of intervals and conclusions.</param>
/// <param name="AdjustmentFamily">Over which headline tests Holm's correction runs.</param>
/// <param name="Seed">Of permutation tests.</param>
/// <param name="SampleRatio">Whether members arrived in the arms as planned.</param>
/// <param name="Metrics">In the order declared.</param>
/// <param name="Warnings">The gravest first.</param>
internal sealed record AnalysisReport(
    IReadOnlyList<string> Verdict,
    int Units,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    bool WindowOpen,
    double Confidence,
    AdjustmentFamily AdjustmentFamily,
    ulong Seed,
    SampleRatioFigures SampleRatio,
    IReadOnlyList<MetricFigures> Metrics,
    IReadOnlyList<WarningFigures> Warnings);

internal sealed record SampleRatioFigures(
    SampleRatioVerdict Verdict, double Threshold, int DegreesOfFreedom, IReadOnlyList<ArmShare> Arms, double? ChiSquare = null, double? PValue = null);

internal sealed record ArmShare(string Arm, long Assigned, double Expected);

/// <summary>One metric; contrasts against the control come first.</summary>
/// <param name="Name">Title.</param>
/// <param name="Distribution">The shape that chose the tests.</param>
/// <param name="HeadlineTest">The test whose p value counts.</param>
/// <param name="HeadlineReason">Why that one.</param>
/// <param name="Arms">The control first.</param>
/// <param name="Contrasts">Treatment minus baseline.</param>
/// <param name="Role"><c>primary</c>, <c>guardrail</c> or <c>diagnostic</c>.</param>
/// <param name="Direction">Whether an <c>increase</c> or a <c>decrease</c> is good news.</param>
/// <param name="MaturedShare">Share of members whose own window had closed, in [0, 1].</param>
/// <param name="WindowDays">Days from exposure in which events count; null: until the outcome window's end.</param>
/// <param name="Metric">The tenant's metric that it is, if it is one.</param>
/// <param name="Unit">Currency of an amount.</param>
internal sealed record MetricFigures(
    string Name,
    MetricKind Distribution,
    TestKind HeadlineTest,
    string HeadlineReason,
    IReadOnlyList<ArmFigures> Arms,
    IReadOnlyList<ContrastFigures> Contrasts,
    string Role = MetricDefinition.Primary,
    string Direction = MetricDefinition.Increase,
    double MaturedShare = 1,
    int? WindowDays = null,
    string? Metric = null,
    string? Unit = null);

/// <summary>One arm. Positives are members with a value above zero; amounts are the values of those.</summary>
internal sealed record ArmFigures(
    string Arm,
    bool Control,
    long Units,
    IReadOnlyList<QuantilePoint> AmountQuantiles,
    double? Mean = null,
    double? StandardDeviation = null,
    Interval? MeanInterval = null,
    long? Positives = null,
    double? PositiveRate = null,
    Interval? PositiveRateInterval = null,
    double? AmountMean = null,
    double? AmountMedian = null,
    double? AmountP90 = null,
    double? Maximum = null);

/// <summary>Treatment minus baseline. The adjusted p is missing between treatments, which belong to no family.</summary>
internal sealed record ContrastFigures(
    string Treatment,
    string Baseline,
    bool AgainstControl,
    string Conclusion,
    TestAgreement Agreement,
    IReadOnlyList<TestFigures> Tests,
    double? Estimate = null,
    double? StandardError = null,
    Interval? Interval = null,
    double? Lift = null,
    Interval? LiftInterval = null,
    double? HeadlinePValue = null,
    double? AdjustedPValue = null,
    double? Superiority = null,
    Interval? SuperiorityInterval = null,
    PartFigures? Participation = null,
    PartFigures? Amount = null);

internal sealed record TestFigures(
    TestKind Test, bool Headline, TestStatus Status, bool Trusted, double? Statistic = null, double? PValue = null);

/// <summary>One of the two parts of an effect on an amount: the share of members with any, or the mean amount of those.</summary>
internal sealed record PartFigures(TestStatus Status, double? Difference = null, double? StandardError = null, Interval? Interval = null, double? PValue = null);

internal sealed record WarningFigures(WarningKind Kind, string Message, string? Metric = null, string? Arm = null, string? Baseline = null);
