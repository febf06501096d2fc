using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// The weights of a network in training and the optimisers that move them: Adam on one flat vector of all, or, row-wise, Adam on all but the
/// embedding tables and <see cref="RowAdagrad"/> on these.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    // With 12,900 rows for 108,000 examples Adam overfitted the rare names in two epochs: held-out AUC 0.813, row-wise 0.834. With 1,300 rows
    // it was ahead, 0.863 to 0.853. Its pass over all rows begins to cost more than the network near the same place.
    private const int RowWiseAbove = 10_000;

    private readonly ActionNetwork _network;
    private readonly TrainingOptions _options;
    private readonly Tensor _flat;
    private readonly FlatAdam _adam;
    private readonly RowAdagrad? _rows;

    public TrainingState(ActionNetwork network, EncodedBatch encoded, float[] start, TrainingOptions options, Device device)
    {
        _network = network;
        _options = options;
        bool rowWise = options.EmbeddingOptimizer switch
        {
            EmbeddingOptimizer.RowWise => network.Tables.Count > 0,
            EmbeddingOptimizer.Auto => network.Shape.VocabularySizes.Sum(size => (long)size) > RowWiseAbove,
            _ => false,
        };
        int firstBlock = rowWise ? network.Tables.Count : 0, offset = network.Blocks[firstBlock].Offset;
        _rows = rowWise ? new RowAdagrad(network, encoded, TorchRuntime.TensorOf(start[..offset], [offset], device)) : null;
        _flat = TorchRuntime.TensorOf(start[offset..], [start.Length - offset], device).requires_grad_(true);
        _adam = new FlatAdam(_flat, [.. network.Blocks.Skip(firstBlock)], options.WeightDecay, options.EffectDecay);
    }

    /// <summary>All blocks, whole.</summary>
    public Tensor[] Parameters() =>
        _rows is null ? _network.Parameters(_flat) : [.. _rows.Tables, .. _network.Layout.Split(_flat, _network.Tables.Count)];

    /// <summary>What the batch of these rows is to be computed from.</summary>
    public TouchedRows Touch(ReadOnlySpan<int> rows) =>
        _rows?.Touch(rows, _network.Layout.Split(_flat, _network.Tables.Count), _flat)
        ?? new TouchedRows(_network.Parameters(_flat), null, [_flat], []);

    /// <summary>One step down the gradient of a batch's loss.</summary>
    /// <param name="touched">Of <see cref="Touch"/>.</param>
    /// <param name="loss">Computed from it.</param>
    /// <param name="rateShare">Share of the options' rates.</param>
    public void Step(TouchedRows touched, Tensor loss, double rateShare)
    {
        Tensor[] gradients = [.. autograd.grad([loss], touched.Leaves)];
        _adam.Step(gradients[0], _options.LearningRate * rateShare);
        _rows?.Step(touched, gradients, _options.EmbeddingRate * rateShare);
    }

    /// <summary>All weights in the order of the layout.</summary>
    public float[] ToArray() => _rows is null
        ? TorchRuntime.ToArray(_flat.detach())
        : [.. TorchRuntime.ToArray(_rows.Flat), .. TorchRuntime.ToArray(_flat.detach())];

    public void Dispose()
    {
        _adam.Dispose();
        _rows?.Dispose();
        _flat.Dispose();
    }
}
