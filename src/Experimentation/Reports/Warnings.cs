using System.Globalization;
using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Reports;

internal static class Warnings
{
    internal static List<ReportWarning> Of(
        ExperimentInput input, SampleRatioResult ratio, IReadOnlyList<MetricReport> metrics, AnalysisOptions options)
    {
        List<ReportWarning> warnings = [];
        if (ratio.Verdict == SampleRatioVerdict.Mismatch)
        {
            warnings.Add(new(WarningKind.SampleRatioMismatch, null, null, null, string.Create(
                CultureInfo.InvariantCulture,
                $"Arm sizes contradict the planned weights (p = {ratio.PValue:G3}): find the broken assignment or logging first.")));
        }

        for (var m = 0; m < metrics.Count; m++)
        {
            foreach (var contrast in metrics[m].Contrasts)
            {
                AddContrast(warnings, metrics[m].Name, contrast);
            }

            for (var arm = 0; arm < input.Arms.Count; arm++)
            {
                AddArm(warnings, input.Arms[arm], metrics[m].Name, metrics[m].Arms[arm], options);
            }
        }

        warnings.Sort((one, other) => one.Kind.CompareTo(other.Kind));
        return warnings;
    }

    private static void AddContrast(List<ReportWarning> warnings, string metric, Contrast contrast)
    {
        if (contrast.Tests.Any(test => !test.Trusted))
        {
            warnings.Add(new(
                WarningKind.WelchUntrusted, metric, contrast.Treatment, contrast.Baseline,
                "Unequal arms with heavy tails: Welch's p and the interval of the mean can be far too confident here. Rely on the rank tests."));
        }

        if (contrast.Agreement is TestAgreement.Mixed or TestAgreement.Opposed)
        {
            warnings.Add(new(
                WarningKind.TestsDisagree, metric, contrast.Treatment, contrast.Baseline,
                contrast.Agreement == TestAgreement.Opposed
                    ? "Tests find differences in opposite directions: read participation and amount apart."
                    : "Not all tests find a difference: read participation and amount apart."));
        }
    }

    private static void AddArm(
        List<ReportWarning> warnings, ArmInput arm, string metric, ArmSummary summary, AnalysisOptions options)
    {
        if (summary.Count != arm.Assigned)
        {
            warnings.Add(new(
                WarningKind.OutcomeCountMismatch, metric, arm.Name, null,
                $"{summary.Count} units have a value but {arm.Assigned} were assigned: missing outcomes can bias the contrast."));
        }

        if (summary.Positives < options.FewPositives)
        {
            warnings.Add(new(
                WarningKind.FewPositives, metric, arm.Name, null,
                $"Only {summary.Positives} units have a positive value: normal approximations are rough and intervals wide."));
        }
    }
}
