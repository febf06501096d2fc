namespace Noah.Prediction.Value;

/// <summary>The predicted distribution of one row's amount, in the currency of training.</summary>
/// <param name="PositiveProbability">Calibrated probability that the amount is above 0, in [0, 1].</param>
/// <param name="Mean">Expected amount, zeros included; calibrated. At least 0.</param>
/// <param name="P10">The amount not exceeded with probability 0.1; 0 where the probability of no amount is at least that.</param>
/// <param name="P50">The same for 0.5.</param>
/// <param name="P90">The same for 0.9.</param>
public readonly record struct ValuePrediction(double PositiveProbability, double Mean, double P10, double P50, double P90);
