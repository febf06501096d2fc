namespace Noah.Prediction.Attribution;

/// <summary>What one feature adds to a score.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Value">The row's value as text, numbers in the invariant culture; null = missing.</param>
/// <param name="Contribution">Its Shapley value, signed, on the scale of the score.</param>
public sealed record FeatureContribution(string Feature, string? Value, double Contribution);
