namespace Noah.Prediction.Features;

/// <summary>Encoded rows that are read by their numbers: a batch, or more than one array can hold.</summary>
internal interface IEncodedSource
{
    int Rows { get; }

    int NumericWidth { get; }

    int CategoricalWidth { get; }

    /// <param name="rows">In [0, Rows).</param>
    /// <param name="target">[rows × NumericWidth].</param>
    void CopyNumbers(ReadOnlySpan<int> rows, Span<float> target);

    /// <param name="rows">In [0, Rows).</param>
    /// <param name="target">[rows × CategoricalWidth].</param>
    void CopyCodes(ReadOnlySpan<int> rows, Span<int> target);

    /// <summary>These rows as a batch of their own.</summary>
    EncodedBatch Select(ReadOnlySpan<int> rows)
    {
        float[] numbers = new float[rows.Length * NumericWidth];
        int[] codes = new int[rows.Length * CategoricalWidth];
        CopyNumbers(rows, numbers);
        CopyCodes(rows, codes);
        return new EncodedBatch(rows.Length, NumericWidth, numbers, CategoricalWidth, codes);
    }
}
