using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Adagrad (Duchi et al. 2011) on embedding tables with one accumulator a row, the mean square of its gradient, touching only the rows of a
/// batch. They are looked up, and their gradients added up by row, beside autograd: of it only the gradient of the network's input is asked.
/// </summary>
internal sealed class RowAdagrad : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly EmbeddingTables _layout;
    private readonly IEncodedSource _encoded;
    private readonly TouchedRows _touched;
    private readonly Tensor[] _accumulators;
    private readonly bool _isHost;
    private readonly HostRows _host;
    private readonly int _inputWidth;
    private float[] _numbers = [];

    /// <param name="network">Whose tables they are.</param>
    /// <param name="encoded">The rows that batches are taken from.</param>
    /// <param name="flat">The tables, one after the other; owned from here on.</param>
    /// <param name="onHost">Whether to work in managed memory's reach; null: where the tables are there.</param>
    /// <param name="threads">On the host, at least 1; the numbers are the same for any.</param>
    public RowAdagrad(ActionNetwork network, IEncodedSource encoded, Tensor flat, bool? onHost = null, int threads = 1)
    {
        (_shape, _layout, _encoded, Flat) = (network.Shape, network.Tables, encoded, flat);
        Tables = network.Layout.Split(flat, 0, network.Tables.Count);
        _touched = new TouchedRows(encoded, _layout.CodeColumns, _shape.VocabularySizes);
        _accumulators = [.. _shape.VocabularySizes.Select(size => zeros(size, device: flat.device))];
        _isHost = onHost ?? flat.device.type == DeviceType.CPU;
        _inputWidth = _shape.InputWidth;
        _host = new HostRows(_layout, _touched, _inputWidth, threads);
    }

    public Tensor Flat { get; }

    public Tensor[] Tables { get; }

    /// <summary>The network's input for a batch.</summary>
    /// <param name="rows">Of the encoded table.</param>
    /// <returns>(batch, input): numbers, then the embeddings of each feature. It follows the caller's dispose scope.</returns>
    public Tensor Input(ReadOnlySpan<int> rows)
    {
        using var withoutGraph = no_grad();
        int width = _shape.NumericWidth;
        if (_numbers.Length < rows.Length * width)
        {
            _numbers = new float[rows.Length * width];
        }
        _encoded.CopyNumbers(rows, _numbers);
        _touched.Find(rows, _numbers);
        var input = empty([rows.Length, _inputWidth]);
        var target = TorchRuntime.Floats(input);
        for (int i = 0; i < rows.Length; i++)
        {
            _numbers.AsSpan(i * width, width).CopyTo(target[(i * _inputWidth)..]);
        }
        if (_isHost)
        {
            _host.Look(Tables, input);
            return input;
        }
        var parts = new List<Tensor> { input.narrow(1, 0, width).to(Flat.device) };
        for (int c = 0, written = -1; c < _layout.CodeColumns.Length; c++)
        {
            int table = _layout.CodeColumns[c].Table;
            var found = Weighed(Tables[table].index_select(0, Ids(table)).index_select(0, Places(c)), c); // (batch, width)
            if (_layout.Columns[table] == written)
            {
                parts[^1].add_(found, Scalars.One);
            }
            else
            {
                parts.Add(found);
            }
            written = _layout.Columns[table];
        }
        return cat(parts, 1);
    }

    /// <summary>Steps the rows of the last <see cref="Input"/>.</summary>
    /// <param name="gradient">(batch, input).</param>
    /// <param name="rate">Above 0.</param>
    public void Step(Tensor gradient, double rate)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        if (_isHost)
        {
            _host.Step(Tables, _accumulators, gradient.contiguous(), (float)rate);
            return;
        }
        using Scalar step = -rate, epsilon = HostRows.Epsilon;
        for (int t = 0, c = 0; t < Tables.Length; t++)
        {
            var ids = Ids(t);
            var ofFeature = gradient.narrow(1, _layout.Columns[t], _layout.Widths[t]);
            var own = Sum(Weighed(ofFeature, c), Places(c), ids.numel()); // (touched, width)
            for (c++; c < _layout.CodeColumns.Length && _layout.CodeColumns[c].Table == t; c++)
            {
                own.add_(Sum(Weighed(ofFeature, c), Places(c), ids.numel()), Scalars.One);
            }
            var sum = _accumulators[t].index_select(0, ids).Plus((own * own).mean([1])); // (touched)
            _accumulators[t].index_copy_(0, ids, sum);
            Tables[t].index_copy_(0, ids, Tables[t].index_select(0, ids).addcdiv_(own, sum.sqrt().Plus(epsilon).unsqueeze(1), step));
        }
    }

    /// <summary>P^−½ where the next step of a row is a rate times P⁻¹ times its gradient; a row that had no step yet has a very large one.</summary>
    /// <param name="target">(tables) and more: as many numbers are written as the tables have, one after the other.</param>
    /// <param name="factor">Of the rate.</param>
    public void InverseRoots(Span<float> target, double factor)
    {
        for (int t = 0; t < _accumulators.Length; t++)
        {
            int width = _layout.Widths[t];
            foreach (float sum in TorchRuntime.ToArray(_accumulators[t]))
            {
                target[..width].Fill((float)Math.Sqrt(factor / (Math.Sqrt(sum) + HostRows.Epsilon)));
                target = target[width..];
            }
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
        foreach (var tensor in _accumulators.Concat(Tables))
        {
            tensor.Dispose();
        }
        Flat.Dispose();
    }

    /// <summary>Rows added up by place, as the gradient of a look-up: on CUDA that one sums in a fixed order, index_add_ does not.</summary>
    private static Tensor Sum(Tensor rows, Tensor places, long count)
    {
        using var withGraph = enable_grad();
        var leaf = zeros([count, rows.size(1)], device: rows.device).requires_grad_(true);
        return autograd.grad([leaf.index(places)], [leaf], [rows])[0];
    }

    private Tensor Ids(int table) => Whole(_touched.Of(table).ToArray());

    private Tensor Places(int column)
    {
        var places = new int[_touched.Rows];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _touched.Places[i * _layout.CodeColumns.Length + column];
        }
        return Whole(places);
    }

    /// <summary>(batch, width), each row times its share in a bag.</summary>
    private Tensor Weighed(Tensor values, int column)
    {
        if (_layout.CodeColumns[column].Count is null)
        {
            return values;
        }
        float[] shares = [.. Enumerable.Range(0, _touched.Rows).Select(row => _touched.Share(row, column))];
        return values * TorchRuntime.TensorOf(shares, [shares.Length, 1], Flat.device);
    }

    private Tensor Whole(int[] values) => tensor(values, device: Flat.device).to(ScalarType.Int64);
}
