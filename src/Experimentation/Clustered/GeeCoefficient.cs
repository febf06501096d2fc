using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Clustered;

/// <summary>One coefficient of the linear predictor.</summary>
/// <param name="Value">Estimate, on the scale of the link: a difference, a log odds ratio, a log ratio of means.</param>
/// <param name="StandardError">Sandwich standard error.</param>
/// <param name="Statistic">Value over standard error.</param>
/// <param name="PValue">Two-sided, normal; Student's t with clusters minus coefficients degrees of freedom where the small-sample correction is
/// on.</param>
/// <param name="Interval">Interval by the same law.</param>
public sealed record GeeCoefficient(double Value, double StandardError, double Statistic, double PValue, Interval Interval);
