namespace Noah.Experimentation.Reports;

/// <summary>A point of a quantile curve; read the other way it is one of the empirical distribution.</summary>
/// <param name="Probability">Share of values at or below, in [0, 1].</param>
/// <param name="Value">Quantile, in the metric's unit.</param>
public sealed record QuantilePoint(double Probability, double Value);
