using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>Turns the outcomes of a randomised experiment into a report with estimates, tests, conclusions and warnings.</summary>
public static class ExperimentAnalysis
{
    /// <summary>Analyses an experiment.</summary>
    /// <param name="input">Arms and metrics.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <returns>A report; contrasts that cannot be computed say so in their status and have null figures.</returns>
    /// <exception cref="ArgumentException">Arms, metrics or options are not allowed; the message says which.</exception>
    public static ExperimentReport Analyze(ExperimentInput input, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new AnalysisOptions();
        Check(options);
        Check(input);

        var ratio = SampleRatioMismatch.Test(
            input.Arms.Select(arm => arm.Assigned).ToArray(),
            input.Arms.Select(arm => arm.ExpectedWeight).ToArray(),
            options.SampleRatioThreshold);
        var metrics = input.Metrics.Select(metric => Report(input.Arms, metric, options)).ToArray();
        var broken = ratio.Verdict == SampleRatioVerdict.Mismatch;
        var concluded = Adjust(metrics, options).Zip(input.Metrics, (report, metric) => report with
        {
            Contrasts = report.Contrasts
                .Select(contrast => contrast with { Conclusion = Conclusions.Of(contrast, metric, broken, options.Confidence) })
                .ToArray(),
        }).ToArray();
        return new ExperimentReport(options, ratio, concluded, Warnings.Of(input, ratio, concluded, options));
    }

    private static MetricReport Report(IReadOnlyList<ArmInput> arms, MetricInput metric, AnalysisOptions options)
    {
        var (headline, reason) = HeadlineChoice.Of(metric.Kind, options.ZeroInflatedExpectation);
        var summaries = arms.Select((arm, i) => ArmSummaries.Of(arm, metric.Samples[i], options.Confidence)).ToArray();
        var contrasts = Pairs(arms)
            .Select(pair => ContrastTests.Run(
                arms[pair.Treatment], metric.Samples[pair.Treatment], arms[pair.Baseline], metric.Samples[pair.Baseline], headline, options))
            .ToArray();
        return new MetricReport(metric.Name, metric.Kind, metric.Unit, headline, reason, summaries, contrasts);
    }

    private static IEnumerable<(int Treatment, int Baseline)> Pairs(IReadOnlyList<ArmInput> arms)
    {
        var control = arms.ToList().FindIndex(arm => arm.IsControl);
        var treatments = Enumerable.Range(0, arms.Count).Where(arm => arm != control).ToArray();
        var againstControl = treatments.Select(arm => (arm, control));
        var among = treatments.SelectMany((first, i) => treatments.Skip(i + 1).Select(second => (first, second)));
        return againstControl.Concat(among);
    }

    private static IEnumerable<MetricReport> Adjust(MetricReport[] metrics, AnalysisOptions options) =>
        options.AdjustmentFamily == AdjustmentFamily.Report ? AdjustTogether(metrics) : metrics.SelectMany(one => AdjustTogether([one]));

    private static MetricReport[] AdjustTogether(MetricReport[] metrics)
    {
        var family = metrics.SelectMany(metric => metric.Contrasts)
            .Where(contrast => contrast.AgainstControl)
            .Select(contrast => contrast.HeadlinePValue)
            .ToArray();
        var adjusted = HolmCorrection.Adjust(family);
        var next = 0;
        return Array.ConvertAll(metrics, metric => metric with
        {
            Contrasts = metric.Contrasts
                .Select(contrast => contrast.AgainstControl ? contrast with { AdjustedPValue = adjusted[next++] } : contrast)
                .ToArray(),
        });
    }

    private static void Check(AnalysisOptions options)
    {
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.OpenUnit(options.SampleRatioThreshold, nameof(options.SampleRatioThreshold));
        Require.AtLeast(options.FewPositives, 0, nameof(options.FewPositives));
        if (!(options.SkewnessLimit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.SkewnessLimit, "SkewnessLimit must be above 0.");
        }
    }

    private static void Check(ExperimentInput input)
    {
        if (input.Arms.Count < 2 || input.Arms.Count(arm => arm.IsControl) != 1)
        {
            throw new ArgumentException("There must be two arms or more, exactly one of them the control.", nameof(input));
        }

        CheckNames(input.Arms.Select(arm => arm.Name), "arm", nameof(input));
        CheckNames(input.Metrics.Select(metric => metric.Name), "metric", nameof(input));
        foreach (var metric in input.Metrics)
        {
            if (metric.Samples.Count != input.Arms.Count || metric.Samples.Any(sample => sample is null || sample.Kind != metric.Kind))
            {
                throw new ArgumentException(
                    $"Metric '{metric.Name}' must have one sample of kind {metric.Kind} per arm, in the order of the arms.", nameof(input));
            }
        }
    }

    private static void CheckNames(IEnumerable<string> names, string what, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || !seen.Add(name))
            {
                throw new ArgumentException($"Every {what} needs a name of its own; '{name}' is empty or appears twice.", parameter);
            }
        }
    }
}
