using Noah.Experimentation.Reports;

namespace Noah.Api.Features.Experiments;

/// <summary>From the engine's report to the stored one, so that the engine may change without changing the contract.</summary>
internal static class AnalysisMapping
{
    public static AnalysisReport Map(this ExperimentReport report, Experiment experiment, ExperimentInput input, IReadOnlyList<double> maturedShares)
    {
        var designs = experiment.ReadMetrics();
        var metrics = report.Metrics.Select((metric, index) => Map(metric, designs[index], maturedShares[index])).ToArray();
        var ratio = new SampleRatioFigures(
            report.SampleRatio.Verdict,
            report.SampleRatio.Threshold,
            report.SampleRatio.DegreesOfFreedom,
            [.. input.Arms.Zip(report.SampleRatio.ExpectedCounts, (arm, expected) => new ArmShare(arm.Name, arm.Assigned, expected))],
            report.SampleRatio.ChiSquare,
            report.SampleRatio.PValue);
        return new AnalysisReport(
            Verdict.Of(ratio, metrics, report.Options.Confidence),
            (int)input.Arms.Sum(arm => arm.Assigned),
            experiment.StartedAt,
            experiment.EndedAt,
            maturedShares.Any(share => share < 1),
            report.Options.Confidence,
            report.Options.AdjustmentFamily,
            report.Options.Seed,
            ratio,
            metrics,
            [.. report.Warnings.Select(warning => new WarningFigures(warning.Kind, warning.Message, warning.Metric, warning.Arm, warning.Baseline))]);
    }

    private static MetricFigures Map(MetricReport metric, MetricDesign design, double maturedShare) => new(
        metric.Name,
        metric.Kind,
        metric.HeadlineTest,
        metric.HeadlineReason,
        [.. metric.Arms.Select(Map)],
        [.. metric.Contrasts.Select(Map)],
        design.Role,
        design.Direction,
        maturedShare,
        design.WindowDays,
        design.Metric,
        metric.Unit);

    private static ArmFigures Map(ArmSummary arm) => new(
        arm.Arm,
        arm.IsControl,
        arm.Count,
        arm.AmountQuantiles,
        arm.Mean,
        arm.StandardDeviation,
        arm.MeanInterval,
        arm.Positives,
        arm.PositiveRate,
        arm.PositiveRateInterval,
        arm.AmountMean,
        arm.AmountMedian,
        arm.AmountP90,
        arm.Maximum);

    private static ContrastFigures Map(Contrast contrast) => new(
        contrast.Treatment,
        contrast.Baseline,
        contrast.AgainstControl,
        contrast.Conclusion,
        contrast.Agreement,
        [.. contrast.Tests.Select(test => new TestFigures(test.Kind, test.IsHeadline, test.Status, test.Trusted, test.Statistic, test.PValue))],
        contrast.Estimate,
        contrast.StandardError,
        contrast.Interval,
        contrast.Lift?.Value,
        contrast.Lift?.Interval,
        contrast.HeadlinePValue,
        contrast.AdjustedPValue,
        contrast.MannWhitney?.Superiority,
        contrast.MannWhitney?.Interval,
        contrast.TwoPart?.Participation is { } part ? new PartFigures(part.Status, part.Difference, part.StandardError, part.Interval, part.PValue) : null,
        contrast.TwoPart?.Amount is { } amount ? new PartFigures(amount.Status, amount.Difference, amount.StandardError, amount.Interval, amount.PValue) : null);
}
