namespace Noah.Prediction.Features;

/// <summary>A table in the form networks read.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="NumericWidth">Numbers per row: one for each numeric feature, one more where values may be missing.</param>
/// <param name="Numeric">[Rows × NumericWidth], row-major; standardised, in [-10, 10], never NaN.</param>
/// <param name="CategoricalWidth">Codes per row: one for each categorical feature, two where quotient and remainder are kept.</param>
/// <param name="Codes">
/// [Rows × CategoricalWidth], row-major; code in [0, vocabulary size). Of a full vocabulary 0 = rare or unknown and 1 = missing; of a hashed
/// one 0 = missing.
/// </param>
public sealed record EncodedBatch(int Rows, int NumericWidth, float[] Numeric, int CategoricalWidth, int[] Codes);
