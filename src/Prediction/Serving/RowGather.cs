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
    private readonly Table[] _tables;
    private readonly int _numeric;

    public RowGather(NetworkShape shape, WeightReader reader)
    {
        _weights = reader.Weights;
        _numeric = shape.NumericWidth;
        _tables = new Table[shape.VocabularySizes.Length];
        int at = _numeric;
        for (int c = 0; c < _tables.Length; c++)
        {
            var block = reader.Block($"embedding.{c}");
            bool isAdded = c > 0 && shape.TableFeatures[c] == shape.TableFeatures[c - 1];
            at -= isAdded ? block.Shape[1] : 0;
            _tables[c] = new Table(block.Offset, block.Shape[1], at, isAdded);
            at += block.Shape[1];
        }
        Width = at;
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
            for (int lane = 0; lane < Lanes.Rows; lane++)
            {
                sources[lane] = numbers + ((long)Row(lane) * _numeric);
            }
            Transpose(sources, _numeric, input);
            for (int c = 0; c < _tables.Length; c++)
            {
                var table = _tables[c];
                for (int lane = 0; lane < Lanes.Rows; lane++)
                {
                    sources[lane] = weights + table.Offset + ((long)codes[((long)Row(lane) * _tables.Length) + c] * table.Width);
                }
                float* target = input + (table.Target * Lanes.Rows);
                if (table.IsAdded)
                {
                    Add(sources, table.Width, target);
                }
                else
                {
                    Transpose(sources, table.Width, target);
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
            var codes = rows.Codes.AsSpan(first * _tables.Length, count * _tables.Length);
            for (; codes.Length > 0; codes = codes[_tables.Length..])
            {
                for (int c = 0; c < _tables.Length; c++)
                {
                    float* start = weights + _tables[c].Offset + ((long)codes[c] * _tables[c].Width);
                    Sse.Prefetch0(start);
                    Sse.Prefetch0(start + _tables[c].Width - 1);
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

    private readonly record struct Table(int Offset, int Width, int Target, bool IsAdded);
}
