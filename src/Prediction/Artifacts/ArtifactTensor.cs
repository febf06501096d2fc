namespace Noah.Prediction.Artifacts;

/// <summary>A named block of 32-bit floats, row-major.</summary>
/// <param name="Name">Unique within a file.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">Row-major.</param>
/// <param name="AsInt8Rows">Whether the file keeps it as <see cref="RowInt8"/>; of two sizes then.</param>
internal sealed record ArtifactTensor(string Name, int[] Shape, float[] Values, bool AsInt8Rows = false);
