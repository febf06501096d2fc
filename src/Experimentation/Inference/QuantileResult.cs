using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="QuantileTest"/>.</summary>
/// <param name="Status">Whether an interval could be computed.</param>
/// <param name="Treatment">Quantile of the treatment arm; null in an empty arm.</param>
/// <param name="Control">Quantile of the control arm.</param>
/// <param name="Difference">Treatment minus control, in the metric's unit.</param>
/// <param name="TreatmentInterval">Order statistics that enclose the quantile (Woodruff 1952).</param>
/// <param name="ControlInterval">The same of the control arm.</param>
/// <param name="Interval">Interval of the difference: squared distances to the ends of both are added (Zou and Donner 2008).</param>
public sealed record QuantileResult(
    TestStatus Status,
    double? Treatment,
    double? Control,
    double? Difference,
    Interval? TreatmentInterval,
    Interval? ControlInterval,
    Interval? Interval);
