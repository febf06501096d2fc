using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>
/// What must hold of rows before they are read by address, or given to native code that ends the process on a wrong index or shape.
/// </summary>
internal static class BatchCheck
{
    /// <exception cref="ArgumentException">A width or length does not fit, a code is no row of its table, or a number is not finite; the message
    /// names row and column.</exception>
    public static void Require(EncodedBatch rows, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int tables = shape.VocabularySizes.Length;
        if (rows.Rows < 0 || rows.NumericWidth != shape.NumericWidth || rows.CategoricalWidth != tables)
        {
            throw new ArgumentException(
                $"The batch has {rows.Rows} rows of {rows.NumericWidth} numbers and {rows.CategoricalWidth} codes; the model reads rows of {shape.NumericWidth} and {tables}.",
                nameof(rows));
        }
        if (rows.Numeric is null || rows.Codes is null
            || rows.Numeric.Length < (long)rows.Rows * rows.NumericWidth || rows.Codes.Length < (long)rows.Rows * tables)
        {
            throw new ArgumentException($"The arrays of the batch do not hold its {rows.Rows} rows.", nameof(rows));
        }
        RequireFinite(rows);
        for (int c = 0; c < tables; c++)
        {
            uint size = (uint)shape.VocabularySizes[c];
            for (int row = 0, at = c; row < rows.Rows; row++, at += tables)
            {
                if ((uint)rows.Codes[at] >= size)
                {
                    throw new ArgumentException($"Code {rows.Codes[at]} of row {row}, column {c}, is not in [0, {size}).", nameof(rows));
                }
            }
        }
    }

    private static void RequireFinite(EncodedBatch rows)
    {
        var numbers = rows.Numeric.AsSpan(0, rows.Rows * rows.NumericWidth);
        // A product with 0 is 0 unless a number is infinite or none.
        var seen = System.Numerics.Vector<float>.Zero;
        int at = 0;
        for (; at <= numbers.Length - System.Numerics.Vector<float>.Count; at += System.Numerics.Vector<float>.Count)
        {
            seen += new System.Numerics.Vector<float>(numbers[at..]) * System.Numerics.Vector<float>.Zero;
        }
        float rest = System.Numerics.Vector.Sum(seen);
        for (; at < numbers.Length; at++)
        {
            rest += numbers[at] * 0;
        }
        if (rest == 0)
        {
            return;
        }
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]))
            {
                throw new ArgumentException(
                    $"The number of row {i / rows.NumericWidth}, column {i % rows.NumericWidth}, is not finite.", nameof(rows));
            }
        }
    }
}
