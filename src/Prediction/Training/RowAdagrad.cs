using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Adagrad (Duchi et al. 2011) on embedding tables with one accumulator a row, the mean square of its gradient, touching only the rows of a
/// batch: they are gathered into a leaf tensor, and written back after the step.
/// </summary>
internal sealed class RowAdagrad : IDisposable
{
    private static readonly Scalar Epsilon = 1e-8;

    private readonly IEncodedSource _encoded;
    private readonly Tensor[] _accumulators;
    private readonly int[][] _places, _marks;
    private readonly int[] _columns;
    private long[] _local = [];
    private int[] _codes = [];
    private int _batch;

    /// <param name="network">Whose tables they are.</param>
    /// <param name="encoded">The rows that batches are taken from.</param>
    /// <param name="flat">The tables, one after the other; owned from here on.</param>
    public RowAdagrad(ActionNetwork network, IEncodedSource encoded, Tensor flat)
    {
        _encoded = encoded;
        Flat = flat;
        Tables = network.Layout.Split(flat, 0, network.Tables.Count);
        int[] sizes = network.Shape.VocabularySizes;
        _columns = network.Shape.TableColumns;
        _accumulators = [.. sizes.Select(size => zeros(size, device: flat.device))];
        _places = [.. sizes.Select(size => new int[size])];
        _marks = [.. sizes.Select(size => new int[size])];
    }

    public Tensor Flat { get; }

    public Tensor[] Tables { get; }

    /// <summary>Finds the table rows of a batch and gathers them.</summary>
    /// <param name="rows">Of the encoded table.</param>
    /// <param name="rest">The parameters behind the tables.</param>
    /// <param name="flatRest">The vector that those are views of.</param>
    public TouchedRows Touch(ReadOnlySpan<int> rows, Tensor[] rest, Tensor flatRest)
    {
        int width = _encoded.CategoricalWidth;
        // Kept from batch to batch: an array of this size would be a large object, and each few of them a collection of the whole heap.
        if (_local.Length != rows.Length * width)
        {
            _local = new long[rows.Length * width];
            _codes = new int[_local.Length];
        }
        _encoded.CopyCodes(rows, _codes);
        Tensor[] touched = new Tensor[Tables.Length], leaves = new Tensor[Tables.Length];
        var ids = new List<long>();
        _batch++;
        for (int t = 0, column = 0; t < Tables.Length; t++)
        {
            int[] places = _places[t], marks = _marks[t];
            ids.Clear();
            for (int end = column + _columns[t]; column < end; column++)
            {
                for (int at = column; at < _local.Length; at += width)
                {
                    int code = _codes[at];
                    // The mark tells this batch's places from those of batches before: nothing needs clearing, and nothing is sorted.
                    if (marks[code] != _batch)
                    {
                        (marks[code], places[code]) = (_batch, ids.Count);
                        ids.Add(code);
                    }
                    _local[at] = places[code];
                }
            }
            touched[t] = tensor(ids.ToArray(), device: Flat.device);
            leaves[t] = Tables[t].index_select(0, touched[t]).requires_grad_(true); // (touched, width)
        }
        // The first tensor lies over the array, which the next batch overwrites.
        var local = tensor(_local, [rows.Length, width], device: Flat.device).clone();
        return new TouchedRows([.. leaves, .. rest], local, [flatRest, .. leaves], touched);
    }

    /// <summary>Steps the touched rows and writes them back.</summary>
    /// <param name="touched">Of <see cref="Touch"/>.</param>
    /// <param name="gradients">Of its leaves.</param>
    /// <param name="rate">Above 0.</param>
    public void Step(TouchedRows touched, Tensor[] gradients, double rate)
    {
        using var withoutGraph = no_grad();
        using Scalar step = -rate;
        for (int c = 0; c < Tables.Length; c++)
        {
            var gradient = gradients[c + 1]; // (touched, width)
            var sum = _accumulators[c].index_select(0, touched.Rows[c]).Plus((gradient * gradient).mean([1])); // (touched)
            _accumulators[c].index_copy_(0, touched.Rows[c], sum);
            var moved = touched.Leaves[c + 1].addcdiv(gradient, sum.sqrt().Plus(Epsilon).unsqueeze(1), step);
            Tables[c].index_copy_(0, touched.Rows[c], moved);
        }
    }

    /// <summary>The accumulators, one for each table.</summary>
    public float[][] Save() => [.. _accumulators.Select(TorchRuntime.ToArray)];

    /// <param name="accumulators">Of <see cref="Save"/>.</param>
    public void Restore(IReadOnlyList<float[]> accumulators)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        for (int c = 0; c < _accumulators.Length; c++)
        {
            _accumulators[c].copy_(TorchRuntime.TensorOf(accumulators[c], [accumulators[c].Length], Flat.device));
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _accumulators)
        {
            tensor.Dispose();
        }
        foreach (var table in Tables)
        {
            table.Dispose();
        }
        Flat.Dispose();
    }
}
