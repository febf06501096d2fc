using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Noah.Prediction.Networks;
using Noah.Prediction.Parallelism;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Look-ups and steps of <see cref="RowAdagrad"/> on tables in the host's memory: one walk over the batch each way, where operations on tensors
/// walk ten times over each table's share of it.
/// </summary>
/// <param name="layout">Of the tables.</param>
/// <param name="touched">Rows of the batch.</param>
/// <param name="inputWidth">Numbers of a row of the network's input.</param>
/// <param name="threads">That share rows and tables, at least 1.</param>
internal sealed class HostRows(EmbeddingTables layout, TouchedRows touched, int inputWidth, int threads)
{
    public const float Epsilon = 1e-8f;

    private const int RowsOfPart = 512;

    private readonly float[][] _sums = new float[layout.Count][];
    private readonly int[] _firstColumns =
        [.. Enumerable.Range(0, layout.Count + 1).Select(table => layout.CodeColumns.Count(column => column.Table < table))];

    /// <summary>Writes the embeddings into the network's input.</summary>
    /// <param name="tables">Contiguous.</param>
    /// <param name="input">[batch × input].</param>
    public void Look(Tensor[] tables, Tensor input) =>
        WorkShare.For((touched.Rows + RowsOfPart - 1) / RowsOfPart, threads, part =>
            Look(tables, TorchRuntime.Floats(input), part * RowsOfPart, Math.Min(touched.Rows, (part + 1) * RowsOfPart)));

    /// <summary>Adds the gradients up by row and steps the rows.</summary>
    /// <param name="tables">Contiguous.</param>
    /// <param name="accumulators">[tables] (rows).</param>
    /// <param name="gradient">[batch × input].</param>
    /// <param name="rate">Above 0.</param>
    public void Step(Tensor[] tables, Tensor[] accumulators, Tensor gradient, float rate) =>
        WorkShare.For(tables.Length, threads, t =>
            Step(t, TorchRuntime.Floats(tables[t]), TorchRuntime.Floats(accumulators[t]), TorchRuntime.Floats(gradient), rate));

    private void Look(Tensor[] tables, Span<float> input, int first, int end)
    {
        var columns = layout.CodeColumns;
        for (int c = 0, written = -1; c < columns.Length; c++)
        {
            int t = columns[c].Table, width = layout.Widths[t], start = layout.Columns[t];
            bool adds = start == written, isBag = columns[c].Count is not null;
            written = start;
            var table = TorchRuntime.Floats(tables[t]);
            ReadOnlySpan<int> places = touched.Places, ids = touched.Of(t);
            for (int i = first; i < end; i++)
            {
                var row = table.Slice(ids[places[i * columns.Length + c]] * width, width);
                var target = input.Slice(i * inputWidth + start, width);
                if (!adds && !isBag)
                {
                    row.CopyTo(target);
                    continue;
                }
                if (!adds)
                {
                    target.Clear();
                }
                AddTimes(touched.Share(i, c), row, target);
            }
        }
    }

    private void Step(int t, Span<float> table, Span<float> squares, ReadOnlySpan<float> gradient, float rate)
    {
        int width = layout.Widths[t], columns = layout.CodeColumns.Length;
        ReadOnlySpan<int> places = touched.Places, ids = touched.Of(t);
        if (_sums[t] is not { } sums || sums.Length < ids.Length * width)
        {
            _sums[t] = sums = new float[ids.Length * width];
        }
        sums.AsSpan(0, ids.Length * width).Clear();
        for (int c = _firstColumns[t]; c < _firstColumns[t + 1]; c++)
        {
            for (int i = 0; i < touched.Rows; i++)
            {
                var own = gradient.Slice(i * inputWidth + layout.Columns[t], width);
                AddTimes(touched.Share(i, c), own, sums.AsSpan(places[i * columns + c] * width, width));
            }
        }
        for (int place = 0; place < ids.Length; place++)
        {
            ReadOnlySpan<float> own = sums.AsSpan(place * width, width);
            ref float square = ref squares[ids[place]];
            square += SquareSum(own) / width;
            AddTimes(-rate / (MathF.Sqrt(square) + Epsilon), own, table.Slice(ids[place] * width, width));
        }
    }

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
