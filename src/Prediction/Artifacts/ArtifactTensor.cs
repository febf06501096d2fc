namespace Noah.Prediction.Artifacts;

/// <summary>A named block of 32-bit floats, row-major.</summary>
internal sealed record ArtifactTensor(string Name, int[] Shape, float[] Values);
