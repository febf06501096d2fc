using Noah.Api.Features.Metrics.Contracts;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments;

/// <summary>
/// The sentences at the top of a report. An arm "raises" a metric only when the adjusted headline test, the interval of the mean and
/// the trust in both agree; anything weaker is named as what it is.
/// </summary>
internal static class Verdict
{
    internal enum Finding
    {
        None,
        Raises,
        Lowers,
        Shifts,
    }

    public static IReadOnlyList<string> Of(SampleRatioFigures ratio, IReadOnlyList<MetricFigures> metrics, double confidence)
    {
        if (ratio.Verdict == SampleRatioVerdict.Mismatch)
        {
            return ["No effect can be read from this experiment: its arm sizes contradict the planned weights, so members were not assigned or logged as designed."];
        }

        var treatments = metrics[0].Contrasts.Where(contrast => contrast.AgainstControl).Select(contrast => contrast.Treatment).ToArray();
        MetricFigures[] primaries = [.. metrics.Where(metric => metric.Role == MetricDefinition.Primary)];
        MetricFigures[] guardrails = [.. metrics.Where(metric => metric.Role == MetricDefinition.Guardrail)];
        var sentences = treatments.Select(treatment => OfTreatment(treatment, primaries, confidence)).ToList();
        sentences.AddRange(treatments.Select(treatment => OfGuardrails(treatment, guardrails, confidence)).OfType<string>());
        sentences.AddRange(metrics.Where(metric => metric.MaturedShare < 1)
            .Select(metric => $"Only {Math.Floor(metric.MaturedShare * 100):0} % of the outcomes of {metric.Name} have matured."));
        sentences.AddRange(primaries.Where(metric => metric.Distribution == MetricKind.ZeroInflated).Select(metric => Source(metric, confidence)).OfType<string>());
        return sentences;
    }

    public static Finding Judge(ContrastFigures contrast, double confidence)
    {
        if (!((contrast.AdjustedPValue ?? contrast.HeadlinePValue) < 1 - confidence) || contrast.Estimate is not { } estimate)
        {
            return Finding.None;
        }

        var trusted = contrast.Agreement != TestAgreement.Opposed && contrast.Tests.All(test => test.Trusted);
        return contrast.Interval is { } interval && !interval.Contains(0) && trusted
            ? estimate > 0 ? Finding.Raises : Finding.Lowers
            : Finding.Shifts;
    }

    /// <summary>Whether what a finding says is bad news for a metric. A shift in an unclear direction is none.</summary>
    public static bool IsHarm(MetricFigures metric, Finding finding) =>
        finding == (metric.Direction == MetricDefinition.Decrease ? Finding.Raises : Finding.Lowers);

    private static string? OfGuardrails(string treatment, MetricFigures[] guardrails, double confidence)
    {
        if (guardrails.Length == 0)
        {
            return null;
        }

        var harmed = guardrails.Select(metric => (Metric: metric, Contrast: Against(metric, treatment)))
            .Where(pair => IsHarm(pair.Metric, Judge(pair.Contrast, confidence))).ToArray();
        return harmed.Length == 0
            ? $"No harm of {treatment} to {List([.. guardrails.Select(metric => metric.Name)])} could be shown."
            : $"Guardrail broken: {treatment} makes {List([.. harmed.Select(pair => Phrase(pair.Metric, pair.Contrast, pair.Contrast.Estimate > 0 ? "higher" : "lower"))])}.";
    }

    private static ContrastFigures Against(MetricFigures metric, string treatment) =>
        metric.Contrasts.First(contrast => contrast.AgainstControl && contrast.Treatment == treatment);

    private static string OfTreatment(string treatment, MetricFigures[] metrics, double confidence)
    {
        var judged = metrics
            .Select(metric => (Metric: metric, Contrast: Against(metric, treatment)))
            .ToLookup(pair => Judge(pair.Contrast, confidence), pair => Phrase(pair.Metric, pair.Contrast));
        var control = metrics[0].Contrasts[0].Baseline;
        List<string> clauses = [];
        Add(Finding.Raises, "raises");
        Add(Finding.Lowers, "lowers");
        Add(Finding.Shifts, "shifts, in an unclear direction of the mean,");
        return clauses.Count == 0
            ? $"No effect of {treatment} could be shown."
            : $"Compared with {control}, {treatment} {List(clauses)}{(judged[Finding.None].Any() ? ", with no shown effect on the other metrics" : "")}.";

        void Add(Finding finding, string verb)
        {
            if (judged[finding].Any())
            {
                clauses.Add($"{verb} {List([.. judged[finding]])}");
            }
        }
    }

    private static string Phrase(MetricFigures metric, ContrastFigures contrast, string? adjective = null)
    {
        var subject = adjective is null ? metric.Name : $"{metric.Name} {adjective}";
        return metric.Distribution == MetricKind.Binary
            ? $"{subject} by {Math.Abs(contrast.Estimate!.Value) * 100:0.00} points"
            : $"{subject} by {Math.Abs(contrast.Estimate!.Value):0.00}{(metric.Unit is { } unit ? " " + unit : "")} per member";
    }

    /// <summary>Where a shown change of an amount comes from, said only when all treatments with one agree.</summary>
    private static string? Source(MetricFigures metric, double confidence)
    {
        var shown = metric.Contrasts.Where(c => c.AgainstControl && Judge(c, confidence) is Finding.Raises or Finding.Lowers).ToArray();
        return shown.Length > 0 && shown.All(c => c.Participation?.Interval?.Contains(0) == false && c.Amount?.Interval?.Contains(0) == true)
            ? $"The change of {metric.Name} comes from how many members have any, not from how much each of them has."
            : null;
    }

    private static string List(List<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
}
