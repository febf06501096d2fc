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
    private readonly int _offset;

    public TrainingState(ActionNetwork network, IEncodedSource encoded, TrainingOptions options, Device device)
    {
        _network = network;
        _options = options;
        // Micro-batches are perturbed on one vector of all weights.
        bool rowWise = options.MicroBatchSam is null && options.EmbeddingOptimizer switch
        {
            EmbeddingOptimizer.RowWise => network.Tables.Count > 0,
            EmbeddingOptimizer.Auto => network.Shape.VocabularySizes.Sum(size => (long)size) > RowWiseAbove,
            _ => false,
        };
        int firstBlock = rowWise ? network.Tables.Count : 0;
        _offset = network.Blocks[firstBlock].Offset;
        _rows = rowWise ? new RowAdagrad(network, encoded, zeros([_offset], device: device)) : null;
        Flat = zeros([network.ParameterCount - _offset], device: device).requires_grad_(true);
        Optimizer = FlatOptimizer.Create(Flat, [.. network.Blocks.Skip(firstBlock)], options);
    }

    /// <summary>All weights, or, row-wise, those behind the tables.</summary>
    public Tensor Flat { get; }

    /// <summary>Of <see cref="Flat"/>.</summary>
    public FlatOptimizer Optimizer { get; }

    /// <summary>Whether the embedding tables are stepped row by row.</summary>
    public bool IsRowWise => _rows is not null;

    /// <summary>All blocks, whole.</summary>
    public Tensor[] Parameters() =>
        _rows is null ? _network.Parameters(Flat) : [.. _rows.Tables, .. _network.Layout.Split(Flat, _network.Tables.Count)];

    /// <summary>What the batch of these rows is to be computed from.</summary>
    public TouchedRows Touch(ReadOnlySpan<int> rows) =>
        _rows?.Touch(rows, _network.Layout.Split(Flat, _network.Tables.Count), Flat)
        ?? new TouchedRows(_network.Parameters(Flat), null, [Flat], []);

    /// <summary>One step down the gradient of a batch's loss.</summary>
    /// <param name="touched">Of <see cref="Touch"/>.</param>
    /// <param name="loss">Computed from it.</param>
    /// <param name="rate">Of the optimiser; rows are stepped by the same share of their own.</param>
    public void Step(TouchedRows touched, Tensor loss, double rate)
    {
        Tensor[] gradients = [.. autograd.grad([loss], touched.Leaves)];
        Optimizer.Step(gradients[0], rate);
        _rows?.Step(touched, gradients, _options.EmbeddingRate * rate / _options.LearningRate);
    }

    /// <summary>All weights in the order of the layout.</summary>
    public float[] ToArray() => _rows is null
        ? TorchRuntime.ToArray(Flat.detach())
        : [.. TorchRuntime.ToArray(_rows.Flat), .. TorchRuntime.ToArray(Flat.detach())];

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
