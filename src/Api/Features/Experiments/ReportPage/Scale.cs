using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>How one metric's numbers are written: rates in percent and points, amounts in their unit.</summary>
internal sealed record Scale(double Factor, int Digits, string ArmUnit, string DifferenceUnit)
{
    public static Scale Of(MetricFigures metric) => metric.Distribution == MetricKind.Binary
        ? new Scale(100, 2, "% of members", "percentage points")
        : metric.Unit is { } unit
            ? new Scale(1, DigitsFor(metric), $"{unit} per member", $"{unit} per member")
            : new Scale(1, DigitsFor(metric), "per member", "per member");

    // Three significant digits of the smallest arm mean, within what anybody reads.
    private static int DigitsFor(MetricFigures metric)
    {
        var smallest = metric.Arms.Select(arm => Math.Abs(arm.Mean ?? 0)).Where(mean => mean > 0).DefaultIfEmpty(1).Min();
        return Math.Clamp(2 - (int)Math.Floor(Math.Log10(smallest)), 2, 5);
    }
}
