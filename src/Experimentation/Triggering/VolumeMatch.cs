using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Triggering;

/// <summary>Whether arms spent alike, so that a difference is one of choice and not of volume.</summary>
/// <param name="Treatment">Mean per unit of the treatment arm.</param>
/// <param name="Control">Mean per unit of the control arm.</param>
/// <param name="Difference">Difference of the means.</param>
/// <param name="Interval">Interval of the difference; null below two units an arm.</param>
/// <param name="Matched">
/// True where the interval lies within ± tolerance of the control's mean, false where it lies outside, else null: not known.
/// </param>
public sealed record VolumeMatch(double? Treatment, double? Control, double? Difference, Interval? Interval, bool? Matched);
