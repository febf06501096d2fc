namespace Noah.Prediction.Diagnostics;

/// <summary>What stability is read from.</summary>
/// <param name="Sharpness">λ₁, above 0.</param>
/// <param name="Coherence">σ of the rows measured, at least 1.</param>
internal readonly record struct Curvature(double Sharpness, double Coherence);
