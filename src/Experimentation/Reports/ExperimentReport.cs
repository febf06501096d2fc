using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Reports;

/// <summary>The analysis of an experiment.</summary>
/// <param name="Options">The choices it was made with.</param>
/// <param name="SampleRatio">Whether units arrived in the arms as planned.</param>
/// <param name="Metrics">One report per metric, in the order of the input.</param>
/// <param name="Warnings">What to be careful about, the gravest first.</param>
public sealed record ExperimentReport(
    AnalysisOptions Options,
    SampleRatioResult SampleRatio,
    IReadOnlyList<MetricReport> Metrics,
    IReadOnlyList<ReportWarning> Warnings);
