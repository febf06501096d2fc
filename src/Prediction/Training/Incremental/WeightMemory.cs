namespace Noah.Prediction.Training.Incremental;

/// <summary>What one network remembers of the rows behind it: weights of the first training and curvatures, (parameters) each.</summary>
/// <param name="Base">w₀.</param>
/// <param name="BaseCurvature">H₀.</param>
/// <param name="Curvature">H₁, at the weights of now.</param>
internal sealed record WeightMemory(float[] Base, float[] BaseCurvature, float[] Curvature);
