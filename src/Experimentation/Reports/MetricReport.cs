using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>One metric of a report.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Kind">Its shape.</param>
/// <param name="Unit">Its unit, if given.</param>
/// <param name="HeadlineTest">Test on which conclusions rest, fixed before the data are seen.</param>
/// <param name="HeadlineReason">Why that test.</param>
/// <param name="Arms">Summary per arm, in the order of the input.</param>
/// <param name="Contrasts">Every treatment against the control, then the treatments among themselves.</param>
public sealed record MetricReport(
    string Name,
    MetricKind Kind,
    string? Unit,
    TestKind HeadlineTest,
    string HeadlineReason,
    IReadOnlyList<ArmSummary> Arms,
    IReadOnlyList<Contrast> Contrasts);
