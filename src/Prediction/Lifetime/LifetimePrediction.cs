using Noah.Prediction.Value;

namespace Noah.Prediction.Lifetime;

/// <summary>What a customer will bring.</summary>
/// <param name="ProbabilityAlive">
/// Probability in [0, 1] that the customer has not left for good, of the model of purchases; null where that could not be estimated.
/// </param>
/// <param name="Horizons">
/// Contribution over each horizon, the known first; null for a later one where there is no model of purchases to stretch by. Means and quantiles
/// do not fall with the horizon.
/// </param>
public readonly record struct LifetimePrediction(double? ProbabilityAlive, IReadOnlyList<ValuePrediction?> Horizons);
