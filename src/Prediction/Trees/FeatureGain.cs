namespace Noah.Prediction.Trees;

/// <summary>What the splits on one feature brought.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Splits">Splits on it over all trees.</param>
/// <param name="Gain">Sum of their gains, ≥ 0, in units of the loss (second order, before shrinkage).</param>
public sealed record FeatureGain(string Feature, int Splits, double Gain);
