using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        int[] sizes = [.. shape.CodeColumns().Select(column => column.Size)];
        int width = sizes.Length;
        if (rows.Rows < 0 || rows.NumericWidth != shape.NumericWidth || rows.CategoricalWidth != width)
        {
            throw new ArgumentException(
                $"The batch has {rows.Rows} rows of {rows.NumericWidth} numbers and {rows.CategoricalWidth} codes; the model reads rows of {shape.NumericWidth} and {width}.",
                nameof(rows));
        }
        if (rows.Numeric is null || rows.Codes is null
            || rows.Numeric.Length < (long)rows.Rows * rows.NumericWidth || rows.Codes.Length < (long)rows.Rows * width)
        {
            throw new ArgumentException($"The arrays of the batch do not hold its {rows.Rows} rows.", nameof(rows));
        }
        RequireFinite(rows);
        RequireCodes(rows, sizes);
    }

    private static void RequireCodes(EncodedBatch rows, int[] sizes)
    {
        var codes = rows.Codes.AsSpan(0, rows.Rows * sizes.Length);
        if (codes.Length == 0 || AllBelow(MemoryMarshal.Cast<int, uint>(codes), sizes))
        {
            return;
        }
        for (int at = 0; at < codes.Length; at++)
        {
            int column = at % sizes.Length;
            if ((uint)codes[at] >= (uint)sizes[column])
            {
                throw new ArgumentException(
                    $"Code {codes[at]} of row {at / sizes.Length}, column {column}, is not in [0, {sizes[column]}).", nameof(rows));
            }
        }
    }

    /// <summary>As many rows at once as a vector has numbers: then vectors begin at the same columns again.</summary>
    /// <remarks>Optimised from the start: called once a batch, it would wait long for the compiler to come back to it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AllBelow(ReadOnlySpan<uint> codes, int[] sizes)
    {
        int length = Vector<uint>.Count;
        uint[] largest = [.. Enumerable.Repeat(sizes, length).SelectMany(row => row).Select(size => (uint)size - 1)];
        var seen = Vector<uint>.Zero;
        for (; codes.Length >= largest.Length; codes = codes[largest.Length..])
        {
            for (int at = 0; at < largest.Length; at += length)
            {
                seen |= Vector.GreaterThan(new Vector<uint>(codes[at..]), new Vector<uint>(largest, at));
            }
        }
        for (int at = 0; at < codes.Length; at++)
        {
            if (codes[at] > largest[at])
            {
                return false;
            }
        }
        return seen == Vector<uint>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireFinite(EncodedBatch rows)
    {
        var numbers = rows.Numeric.AsSpan(0, rows.Rows * rows.NumericWidth);
        // A product with 0 is 0 unless a number is infinite or none.
        var seen = Vector<float>.Zero;
        int at = 0;
        for (; at <= numbers.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            seen += new Vector<float>(numbers[at..]) * Vector<float>.Zero;
        }
        float rest = Vector.Sum(seen);
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
