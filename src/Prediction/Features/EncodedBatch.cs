namespace Noah.Prediction.Features;

/// <summary>A table in the form networks read.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="NumericWidth">
/// Numbers per row: one for each numeric feature, two for each cyclic one, one more where values may be missing, then one for each
/// multi-valued feature.
/// </param>
/// <param name="Numeric">
/// [Rows × NumericWidth], row-major; standardised, in [-10, 10], never NaN. Of a cyclic feature sine and cosine; of a multi-valued one the
/// number of columns that are read, in eighths.
/// </param>
/// <param name="CategoricalWidth">
/// Codes per row: one for each categorical feature, two where quotient and remainder are kept; for each multi-valued one as many as values
/// of a row are read.
/// </param>
/// <param name="Codes">
/// [Rows × CategoricalWidth], row-major; code in [0, vocabulary size). Of a full vocabulary 0 = rare or unknown and 1 = missing; of a hashed
/// one 0 = missing. Of a multi-valued feature also 2 = no name, hashed 1; columns behind its number hold 0 and are not read.
/// </param>
public sealed record EncodedBatch(int Rows, int NumericWidth, float[] Numeric, int CategoricalWidth, int[] Codes) : IEncodedSource
{
    void IEncodedSource.CopyNumbers(ReadOnlySpan<int> rows, Span<float> target)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Numeric.AsSpan(rows[i] * NumericWidth, NumericWidth).CopyTo(target[(i * NumericWidth)..]);
        }
    }

    void IEncodedSource.CopyCodes(ReadOnlySpan<int> rows, Span<int> target)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Codes.AsSpan(rows[i] * CategoricalWidth, CategoricalWidth).CopyTo(target[(i * CategoricalWidth)..]);
        }
    }
}
