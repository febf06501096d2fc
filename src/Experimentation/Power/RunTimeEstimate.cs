namespace Noah.Experimentation.Power;

/// <summary>Result of <see cref="RunTime"/>.</summary>
/// <param name="Status">Where it comes from.</param>
/// <param name="Days">Days until the members have arrived; null when out of reach.</param>
/// <param name="DaysWithOutcomes">Those and the days until the last outcome is known.</param>
/// <param name="Exponent">b of the growth t^b in [0, 1]; null where the history was enough.</param>
public sealed record RunTimeEstimate(RunTimeStatus Status, int? Days, int? DaysWithOutcomes, double? Exponent);
