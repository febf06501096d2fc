namespace Noah.Experimentation.Reports;

/// <summary>A warning of a report.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Metric">Metric concerned; null for the whole report.</param>
/// <param name="Arm">Arm or treatment concerned, if one is.</param>
/// <param name="Baseline">Baseline of the contrast concerned, if one is.</param>
/// <param name="Message">The warning in words.</param>
public sealed record ReportWarning(WarningKind Kind, string? Metric, string? Arm, string? Baseline, string Message);
