using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>An estimate in reward per unit, with the uncertainty of its influence values.</summary>
/// <param name="Value">Point estimate.</param>
/// <param name="StandardError">Standard deviation of the influence values over √n.</param>
/// <param name="Interval">Normal interval.</param>
public sealed record PolicyEstimate(double Value, double StandardError, Interval Interval);
