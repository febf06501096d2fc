using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// The weights of a network in training and the optimisers that move them: one flat vector of all, or, row-wise, of all but the embedding tables, with
/// <see cref="RowAdagrad"/> on these.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    // With 12,900 rows for 108,000 examples Adam overfitted the rare names in two epochs: held-out AUC 0.813, row-wise 0.834. With 1,300 rows
    // it was ahead, 0.863 to 0.853. Its pass over all rows begins to cost more than the network near the same place.
    private const int RowWiseAbove = 10_000;

    private readonly ActionNetwork _network;
    private readonly TrainingOptions _options;
    private readonly RowAdagrad? _rows;
    private readonly NetworkGradient? _gradient;
    private readonly int _offset;

    public TrainingState(ActionNetwork network, IEncodedSource encoded, TrainingOptions options, Device device)
    {
        _network = network;
        _options = options;
        bool rowWise = StepsRows(network, options);
        int firstBlock = rowWise ? network.Tables.Count : 0;
        _offset = network.Blocks[firstBlock].Offset;
        int threads = device.type == TorchSharp.DeviceType.CPU ? options.Threads : 1;
        _rows = rowWise ? new RowAdagrad(network, encoded, zeros([_offset], device: device), threads: threads) : null;
        Flat = zeros([network.ParameterCount - _offset], device: device).requires_grad_(true);
        Optimizer = FlatOptimizer.Create(Flat, [.. network.Blocks.Skip(firstBlock)], options);
        _gradient = rowWise ? new NetworkGradient(network, Flat, threads) : null;
    }

    /// <summary>All weights, or, row-wise, those behind the tables.</summary>
    public Tensor Flat { get; }

    /// <summary>Of <see cref="Flat"/>.</summary>
    public FlatOptimizer Optimizer { get; }

    /// <summary>Whether the embedding tables are stepped row by row.</summary>
    public bool IsRowWise => _rows is not null;

    /// <summary>Whether these options step the tables row by row.</summary>
    public static bool StepsRows(ActionNetwork network, TrainingOptions options) =>
        // Micro-batches are perturbed on one vector of all weights.
        options.MicroBatchSam is null && options.EmbeddingOptimizer switch
        {
            EmbeddingOptimizer.RowWise => network.Tables.Count > 0,
            EmbeddingOptimizer.Auto => network.Shape.VocabularySizes.Sum(size => (long)size) > RowWiseAbove,
            _ => false,
        };

    /// <summary>
    /// Before the first tensor of a training or of its scores. Row-wise the threads share pieces, and libtorch has one of its own each: sums over a
    /// batch are the same for any number of them.
    /// </summary>
    public static Device Start(ActionNetwork network, TrainingOptions options) =>
        TorchRuntime.Start(options.Device, StepsRows(network, options) ? 1 : options.Threads);

    /// <summary>Outputs for some rows, (batch, heads), without a graph, where tables are stepped row by row.</summary>
    public Tensor RowWiseOutputs(ReadOnlySpan<int> rows, Targets targets) => _gradient!.Outputs(_rows!.Input(rows), targets);

    /// <summary>One step down the gradient of a batch's loss, where tables are stepped row by row.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="targets">Of the same rows.</param>
    /// <param name="loss">What is lowered.</param>
    /// <param name="rate">Of the optimiser; rows are stepped by the same share of their own.</param>
    /// <returns>The loss before it.</returns>
    public double RowWiseStep(ReadOnlySpan<int> rows, Targets targets, BatchLoss loss, double rate)
    {
        var (value, ofParameters, ofInput) = _gradient!.Gradient(_rows!.Input(rows), targets, loss);
        Optimizer.Step(ofParameters, rate);
        _rows.Step(ofInput, _options.EmbeddingRate * rate / _options.LearningRate);
        return value;
    }

    /// <summary>All weights in the order of the layout.</summary>
    public float[] ToArray()
    {
        using var bare = Flat.detach();
        return _rows is null ? TorchRuntime.ToArray(bare) : [.. TorchRuntime.ToArray(_rows.Flat), .. TorchRuntime.ToArray(bare)];
    }

    /// <summary>
    /// P^−½ of all weights in the order of the layout, where a step is rate · gain · P⁻¹ · gradient and the gain is that of <see cref="Optimizer"/>; null
    /// for P = 1. Asked after a step.
    /// </summary>
    public float[]? InverseRootPreconditioner()
    {
        using var scope = NewDisposeScope();
        var own = Optimizer.InverseRootPreconditioner();
        if (_rows is null)
        {
            return own is null ? null : TorchRuntime.ToArray(own);
        }
        var all = new float[_network.ParameterCount];
        _rows.InverseRoots(all, _options.EmbeddingRate / _options.LearningRate / Optimizer.Gain);
        if (own is null)
        {
            all.AsSpan(_offset).Fill(1);
        }
        else
        {
            TorchRuntime.ToArray(own).CopyTo(all, _offset);
        }
        return all;
    }

    /// <param name="weights">All, in the order of the layout.</param>
    public void Set(float[] weights)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        Flat.copy_(TorchRuntime.TensorOf(weights[_offset..], [weights.Length - _offset], Flat.device));
        _rows?.Flat.copy_(TorchRuntime.TensorOf(weights[.._offset], [_offset], Flat.device));
    }

    /// <summary>What both optimisers remember.</summary>
    public OptimizerState Save() =>
        Optimizer.Save() is var own && _rows is null ? own : own with { Moments = [.. own.Moments, .. _rows!.Save()] };

    public void Restore(OptimizerState state)
    {
        Optimizer.Restore(state);
        _rows?.Restore([.. state.Moments.TakeLast(_network.Tables.Count)]);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        _rows?.Dispose();
        Flat.Dispose();
    }
}
