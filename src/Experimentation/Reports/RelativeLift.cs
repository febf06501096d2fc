using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>Treatment mean over baseline mean, minus one.</summary>
/// <param name="Value">Lift; 0.1 is ten percent more.</param>
/// <param name="StandardError">Standard error by the delta method.</param>
/// <param name="Interval">Normal interval.</param>
public sealed record RelativeLift(double Value, double StandardError, Interval Interval);
