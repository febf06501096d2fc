using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>Brings the numbers and the embeddings of 32 rows side by side. Tables are read where they are, in the model's own weights.</summary>
internal sealed unsafe class RowGather
{
    private const int Four = 4;

    private readonly float[] _weights;
    private readonly Column[] _columns;
    private readonly int _numeric;

    public RowGather(NetworkShape shape, WeightReader reader)
    {
        _weights = reader.Weights;
        _numeric = shape.NumericWidth;
        _columns =
        [
            .. shape.CodeColumns().Select(column => new Column(
                reader.Block($"embedding.{column.Table}").Offset, column.Width, column.Target, column.IsAdded, column.Position, column.Count ?? -1)),
        ];
        Width = shape.InputWidth;
    }

    /// <summary>Numbers per row that enter the network.</summary>
    public int Width { get; }

    /// <param name="rows">Checked: codes are rows of their tables.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">1 to 32 rows; the last one stands in for those that are missing.</param>
    /// <param name="input">[width][32].</param>
    public void Read(EncodedBatch rows, int first, int count, float* input)
    {
        fixed (float* weights = _weights, numbers = rows.Numeric)
        fixed (int* codes = rows.Codes)
        {
            float** sources = stackalloc float*[Lanes.Rows];
            float* shares = stackalloc float[Lanes.Rows];
            for (int lane = 0; lane < Lanes.Rows; lane++)
            {
                sources[lane] = numbers + ((long)Row(lane) * _numeric);
            }
            Transpose(sources, _numeric, input);
            for (int c = 0; c < _columns.Length; c++)
            {
                var column = _columns[c];
                for (int lane = 0; lane < Lanes.Rows; lane++)
                {
                    sources[lane] = weights + column.Offset + ((long)codes[((long)Row(lane) * _columns.Length) + c] * column.Width);
                }
                float* target = input + (column.Target * Lanes.Rows);
                if (column.Count >= 0)
                {
                    for (int lane = 0; lane < Lanes.Rows; lane++)
                    {
                        shares[lane] = BagEncoding.Share(numbers[((long)Row(lane) * _numeric) + column.Count], column.Position);
                    }
                    AddShares(sources, shares, column, target);
                }
                else if (column.IsAdded)
                {
                    Add(sources, column.Width, target);
                }
                else
                {
                    Transpose(sources, column.Width, target);
                }
            }
        }

        int Row(int lane) => first + Math.Min(lane, count - 1);
    }

    /// <summary>Asks for the embeddings of rows that are read next: tables are larger than caches, and a row of one is a wait for memory.</summary>
    /// <param name="rows">As for <see cref="Read"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">0 to 32 rows.</param>
    public void Prefetch(EncodedBatch rows, int first, int count)
    {
        if (!Sse.IsSupported)
        {
            return;
        }
        fixed (float* weights = _weights)
        {
            var codes = rows.Codes.AsSpan(first * _columns.Length, count * _columns.Length);
            for (; codes.Length > 0; codes = codes[_columns.Length..])
            {
                for (int c = 0; c < _columns.Length; c++)
                {
                    float* start = weights + _columns[c].Offset + ((long)codes[c] * _columns[c].Width);
                    Sse.Prefetch0(start);
                    Sse.Prefetch0(start + _columns[c].Width - 1);
                }
            }
        }
    }

    /// <summary>[32][width] → [width][32], in squares of 4 × 4.</summary>
    private static void Transpose(float** sources, int width, float* target)
    {
        int whole = Sse.IsSupported ? width - (width % Four) : 0;
        for (int lane = 0; lane < Lanes.Rows; lane += Four)
        {
            float* a = sources[lane], b = sources[lane + 1], c = sources[lane + 2], d = sources[lane + 3];
            for (int k = 0; k < whole; k += Four)
            {
                Vector128<float> ra = Vector128.Load(a + k), rb = Vector128.Load(b + k), rc = Vector128.Load(c + k), rd = Vector128.Load(d + k);
                Vector128<float> lowAb = Sse.UnpackLow(ra, rb), lowCd = Sse.UnpackLow(rc, rd);
                Vector128<float> highAb = Sse.UnpackHigh(ra, rb), highCd = Sse.UnpackHigh(rc, rd);
                float* to = target + (k * Lanes.Rows) + lane;
                Sse.MoveLowToHigh(lowAb, lowCd).Store(to);
                Sse.MoveHighToLow(lowCd, lowAb).Store(to + Lanes.Rows);
                Sse.MoveLowToHigh(highAb, highCd).Store(to + (2 * Lanes.Rows));
                Sse.MoveHighToLow(highCd, highAb).Store(to + (3 * Lanes.Rows));
            }
            for (int k = whole; k < width; k++)
            {
                Vector128.Create(a[k], b[k], c[k], d[k]).Store(target + (k * Lanes.Rows) + lane);
            }
        }
    }

    private static void Add(float** sources, int width, float* target)
    {
        for (int lane = 0; lane < Lanes.Rows; lane++)
        {
            for (int k = 0; k < width; k++)
            {
                target[(k * Lanes.Rows) + lane] += sources[lane][k];
            }
        }
    }

    /// <summary>Of a bag: each row's embedding times its share of the mean.</summary>
    private static void AddShares(float** sources, float* shares, Column column, float* target)
    {
        for (int lane = 0; lane < Lanes.Rows; lane++)
        {
            for (int k = 0; k < column.Width; k++)
            {
                float* to = target + (k * Lanes.Rows) + lane;
                *to = (column.IsAdded ? *to : 0) + (shares[lane] * sources[lane][k]);
            }
        }
    }

    /// <param name="Offset">Of the table in the weights.</param>
    /// <param name="Width">Of its rows.</param>
    /// <param name="Target">Where in the network's input they go.</param>
    /// <param name="IsAdded">Whether to what is there.</param>
    /// <param name="Position">Place among the columns of a bag.</param>
    /// <param name="Count">The number of a row that says how many of those are averaged; −1: it is no bag.</param>
    private readonly record struct Column(int Offset, int Width, int Target, bool IsAdded, int Position, int Count);
}
