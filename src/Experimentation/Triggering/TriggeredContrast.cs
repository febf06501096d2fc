using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Triggering;

/// <summary>A difference of means between the arms over some of the units, in the metric's unit per unit.</summary>
/// <param name="Treatment">Units of the treatment arm.</param>
/// <param name="Control">Units of the control arm.</param>
/// <param name="TreatmentMean">Mean of the treatment arm; null below two units.</param>
/// <param name="ControlMean">Mean of the control arm; null below two units.</param>
/// <param name="Difference">Treatment minus control; null where a mean is.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="PValue">Two-sided Welch p; null also where nothing varies.</param>
/// <param name="Interval">Interval of the difference.</param>
public sealed record TriggeredContrast(
    int Treatment,
    int Control,
    double? TreatmentMean,
    double? ControlMean,
    double? Difference,
    double? StandardError,
    double? PValue,
    Interval? Interval);
