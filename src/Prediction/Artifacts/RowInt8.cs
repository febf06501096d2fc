using System.Runtime.InteropServices;

namespace Noah.Prediction.Artifacts;

/// <summary>
/// LiRank's middle-max quantisation of embedding rows to 8 bits (arXiv 2402.06859): each row is kept as its middle, its scale and
/// whole numbers that reach from −128 at the least value to 127 at the greatest, so that no cast saturates.
/// </summary>
internal static class RowInt8
{
    private const int Levels = 255, Above = 127, Below = 128;

    /// <summary>Bytes of a matrix: middle and scale of every row, then its numbers.</summary>
    public static long Length(int[] shape) => shape[0] * (2L * sizeof(float) + shape[1]);

    /// <summary>The whole numbers of one row.</summary>
    public static (float Middle, float Scale) Quantize(ReadOnlySpan<float> row, Span<sbyte> numbers)
    {
        float least = float.PositiveInfinity, greatest = float.NegativeInfinity;
        foreach (float value in row)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }
        // In double: the ends must come out as −128 and 127 exactly.
        double middle = ((double)greatest * Below + (double)least * Above) / Levels, scale = ((double)greatest - least) / Levels;
        for (int i = 0; i < row.Length; i++)
        {
            numbers[i] = scale > 0 ? checked((sbyte)Math.Round((row[i] - middle) / scale)) : (sbyte)0;
        }
        return ((float)middle, (float)scale);
    }

    public static byte[] Pack(float[] values, int[] shape)
    {
        int rows = shape[0], width = shape[1];
        var bytes = new byte[checked((int)Length(shape))];
        var scales = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, rows * 2 * sizeof(float)));
        var numbers = MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan(rows * 2 * sizeof(float)));
        for (int row = 0; row < rows; row++)
        {
            (scales[2 * row], scales[2 * row + 1]) = Quantize(values.AsSpan(row * width, width), numbers.Slice(row * width, width));
        }
        return bytes;
    }

    public static float[] Unpack(ReadOnlySpan<byte> bytes, int[] shape)
    {
        int rows = shape[0], width = shape[1];
        var scales = MemoryMarshal.Cast<byte, float>(bytes[..(rows * 2 * sizeof(float))]);
        var numbers = MemoryMarshal.Cast<byte, sbyte>(bytes[(rows * 2 * sizeof(float))..]);
        var values = new float[rows * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scales[2 * (i / width)] + scales[2 * (i / width) + 1] * numbers[i];
        }
        return values;
    }
}
