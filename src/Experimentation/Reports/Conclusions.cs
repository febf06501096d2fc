using System.Globalization;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>Sentences for analysts and marketers. They claim no more than the headline test and the interval of the mean allow.</summary>
internal static class Conclusions
{
    internal static string Of(Contrast contrast, MetricInput metric, bool ratioBroken, double confidence)
    {
        var sentence = Finding(contrast, metric, confidence);
        return ratioBroken ? "Not to be read as an effect, because the arm sizes contradict the planned weights. " + sentence : sentence;
    }

    private static string Finding(Contrast contrast, MetricInput metric, double confidence)
    {
        var p = contrast.AdjustedPValue ?? contrast.HeadlinePValue;
        if (p is not { } level || contrast.Estimate is not { } estimate)
        {
            return $"{metric.Name}: {contrast.Treatment} and {contrast.Baseline} cannot be compared, "
                + "because an arm has too few values or all values are equal.";
        }

        var difference = Difference(contrast, metric, estimate, confidence);
        var evidence = $"{(contrast.AdjustedPValue is null ? "p" : "adjusted p")} = {Number(level)}";
        if (level >= 1 - confidence)
        {
            return $"No evidence that {contrast.Treatment} changes {metric.Name} compared with {contrast.Baseline}: "
                + $"{difference}, {evidence}." + Parts(contrast, metric);
        }

        var direction = Direction(contrast, estimate);
        var certainMean = contrast.Interval is { } interval && !interval.Contains(0) && Math.Sign(estimate) == direction
            && contrast.Agreement != TestAgreement.Opposed && MeanTrusted(contrast);
        var head = certainMean
            ? $"{contrast.Treatment} {(direction > 0 ? "raises" : "lowers")} {metric.Name} compared with {contrast.Baseline}: "
                + $"{difference}, {evidence}."
            : $"{contrast.Treatment} shifts {metric.Name} compared with {contrast.Baseline} ({evidence}), "
                + $"but the change of the mean is uncertain: {difference}.";
        return head + Parts(contrast, metric);
    }

    private static int Direction(Contrast contrast, double estimate)
    {
        var headline = contrast.Tests.First(test => test.IsHeadline);
        return headline.Kind == TestKind.TwoPart ? Math.Sign(estimate) : Math.Sign(headline.Statistic ?? estimate);
    }

    private static bool MeanTrusted(Contrast contrast) => contrast.Tests.All(test => test.Kind != TestKind.Welch || test.Trusted);

    private static string Difference(Contrast contrast, MetricInput metric, double estimate, double confidence)
    {
        var percent = Number(100 * confidence);
        var (scale, unit) = metric.Kind == MetricKind.Binary
            ? (100, " percentage points")
            : (1, metric.Unit is { } name ? $" {name} per unit" : " per unit");
        var interval = contrast.Interval is { } range
            ? $" ({percent} % interval {Signed(scale * range.Lower)} to {Signed(scale * range.Upper)})"
            : "";
        var lift = contrast.Lift is { } relative ? $", {Signed(100 * relative.Value)} %" : "";
        return $"{Signed(scale * estimate)}{unit}{interval}{lift}";
    }

    private static string Parts(Contrast contrast, MetricInput metric)
    {
        if (contrast.TwoPart is not { Participation: { Difference: { } rate, Interval: { } rateInterval }, Amount: { } amount })
        {
            return "";
        }

        var participation = rateInterval.Contains(0)
            ? $"Participation does not measurably change ({Signed(100 * rate)} points)"
            : $"{(rate > 0 ? "More" : "Fewer")} units have any {metric.Name} ({Signed(100 * rate)} points)";
        var unit = metric.Unit is { } name ? " " + name : "";
        var size = amount switch
        {
            { Difference: { } change, Interval: { } range } when range.Contains(0) =>
                $"the amount among those does not measurably change ({Signed(change)}{unit})",
            { Difference: { } change, Interval: not null } =>
                $"the amount among those is {(change > 0 ? "higher" : "lower")} ({Signed(change)}{unit})",
            _ => "there are too few amounts to compare",
        };
        return $" {participation}; {size}.";
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Signed(double value) => (value > 0 ? "+" : "") + Number(value);
}
