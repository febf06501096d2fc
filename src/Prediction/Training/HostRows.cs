using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Look-ups and steps of <see cref="RowAdagrad"/> on tables in the host's memory: one walk over the batch each way, where operations on tensors
/// walk ten times over each table's share of it.
/// </summary>
/// <param name="layout">Of the tables.</param>
/// <param name="touched">Rows of the batch.</param>
/// <param name="inputWidth">Numbers of a row of the network's input.</param>
internal sealed class HostRows(EmbeddingTables layout, TouchedRows touched, int inputWidth)
{
    public const float Epsilon = 1e-8f;

    private readonly float[][] _sums = new float[layout.Count][];

    /// <summary>Writes the embeddings into the network's input.</summary>
    /// <param name="tables">Contiguous.</param>
    /// <param name="input">[batch × input].</param>
    public void Look(Tensor[] tables, Span<float> input)
    {
        for (int c = 0; c < tables.Length; c++)
        {
            int width = layout.Widths[c], column = layout.Columns[c];
            bool adds = c > 0 && column == layout.Columns[c - 1];
            var table = TorchRuntime.Floats(tables[c]);
            ReadOnlySpan<int> places = touched.Places, ids = touched.Of(c);
            for (int i = 0; i < touched.Rows; i++)
            {
                var row = table.Slice(ids[places[i * tables.Length + c]] * width, width);
                var target = input.Slice(i * inputWidth + column, width);
                if (adds)
                {
                    Add(row, target);
                }
                else
                {
                    row.CopyTo(target);
                }
            }
        }
    }

    /// <summary>Adds the gradients up by row and steps the rows.</summary>
    /// <param name="tables">Contiguous.</param>
    /// <param name="accumulators">[tables] (rows).</param>
    /// <param name="gradient">[batch × input].</param>
    /// <param name="rate">Above 0.</param>
    public void Step(Tensor[] tables, Tensor[] accumulators, ReadOnlySpan<float> gradient, float rate)
    {
        for (int c = 0; c < tables.Length; c++)
        {
            int width = layout.Widths[c];
            ReadOnlySpan<int> places = touched.Places, ids = touched.Of(c);
            if (_sums[c] is not { } sums || sums.Length < ids.Length * width)
            {
                _sums[c] = sums = new float[ids.Length * width];
            }
            sums.AsSpan(0, ids.Length * width).Clear();
            for (int i = 0; i < touched.Rows; i++)
            {
                Add(gradient.Slice(i * inputWidth + layout.Columns[c], width), sums.AsSpan(places[i * tables.Length + c] * width, width));
            }
            Span<float> table = TorchRuntime.Floats(tables[c]), squares = TorchRuntime.Floats(accumulators[c]);
            for (int place = 0; place < ids.Length; place++)
            {
                ReadOnlySpan<float> own = sums.AsSpan(place * width, width);
                ref float square = ref squares[ids[place]];
                square += SquareSum(own) / width;
                AddTimes(-rate / (MathF.Sqrt(square) + Epsilon), own, table.Slice(ids[place] * width, width));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ReadOnlySpan<float> source, Span<float> target) => AddTimes(1, source, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTimes(float factor, ReadOnlySpan<float> source, Span<float> target)
    {
        ref float from = ref MemoryMarshal.GetReference(source), to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref to, (nuint)i) + factor * Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < target.Length; i++)
        {
            Unsafe.Add(ref to, i) += factor * Unsafe.Add(ref from, i);
        }
    }

    // Four sums, in this order on every processor.
    private static float SquareSum(ReadOnlySpan<float> values)
    {
        float a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            a += values[i] * values[i];
            b += values[i + 1] * values[i + 1];
            c += values[i + 2] * values[i + 2];
            d += values[i + 3] * values[i + 3];
        }
        for (; i < values.Length; i++)
        {
            a += values[i] * values[i];
        }
        return a + b + (c + d);
    }
}
