using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>A group of units with neighbouring predicted increments (sorted group average effect).</summary>
/// <param name="Count">Number of units.</param>
/// <param name="PredictedIncrement">Mean predicted increment, in the metric's unit.</param>
/// <param name="Effect">Mean doubly robust score: the estimated increment, in the metric's unit.</param>
/// <param name="StandardError">Standard error of the effect.</param>
/// <param name="Interval">Normal interval of the effect.</param>
public sealed record UpliftGroup(int Count, double PredictedIncrement, double Effect, double StandardError, Interval Interval);
