namespace Noah.Api.Features.Models;

/// <summary>Rows of length one, so that a dot product is a cosine.</summary>
internal static class UnitRows
{
    /// <summary>A row of zeros, which has no direction, becomes the diagonal: equally like all others.</summary>
    public static void Normalise(Span<float> values, int width)
    {
        for (var start = 0; start < values.Length; start += width)
        {
            var row = values.Slice(start, width);
            var squares = 0.0;
            foreach (var value in row)
            {
                squares += (double)value * value;
            }

            if (squares == 0)
            {
                row.Fill((float)(1 / Math.Sqrt(width)));
                continue;
            }

            var scale = 1 / Math.Sqrt(squares);
            for (var column = 0; column < width; column++)
            {
                row[column] = (float)(row[column] * scale);
            }
        }
    }
}
