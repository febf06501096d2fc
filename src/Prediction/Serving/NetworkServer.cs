using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Parallelism;
using Noah.Prediction.Training;

namespace Noah.Prediction.Serving;

/// <summary>
/// Scores rows by the networks of all folds and averages them, in the way its options ask for. Compiled on the first call, from the weights
/// alone: nothing of it is stored.
/// </summary>
internal sealed class NetworkServer
{
    // Long enough that a network's weights are fetched once for many rows, short enough that outputs stay in the cache until averaged.
    private const int BlockRows = 2048;

    private readonly ActionNetwork _network;
    private readonly float[][] _weights;
    private readonly TrainingOptions _training;
    private readonly ScoringOptions _options;
    private readonly Lazy<CompiledNetwork[]> _compiled;

    public NetworkServer(ActionNetwork network, float[][] weights, TrainingOptions training, ScoringOptions options)
    {
        _network = network;
        _weights = weights;
        _training = training;
        _options = options;
        _compiled = new Lazy<CompiledNetwork[]>(
            () => [.. weights.Select(member => new CompiledNetwork(network.Shape, network.Blocks, member, options.Precision))]);
    }

    private delegate void Part(CompiledNetwork network, int first, int count, Span<float> outputs);

    /// <summary>Threads that share the rows of a call.</summary>
    public int Threads => _options.Threads;

    /// <summary>Mean outputs under the action of each row: [rows × heads], row-major.</summary>
    public float[] Outputs(EncodedBatch rows, ReadOnlySpan<int> actions)
    {
        BatchCheck.Require(rows, _network.Shape);
        int[] taken = actions.ToArray();
        return _options.Backend == ScoringBackend.Torch
            ? MeanOf(weights => NetworkScorer.Outputs(_network, weights, rows, taken, _training))
            : Mean(rows.Rows, _network.Shape.Heads, (network, first, count, outputs) =>
                network.Outputs(rows, first, taken.AsSpan(first, count), outputs));
    }

    /// <summary>Mean outputs under every action: [rows × actions × heads], row-major.</summary>
    public float[] OutputsOfAll(EncodedBatch rows)
    {
        BatchCheck.Require(rows, _network.Shape);
        return _options.Backend == ScoringBackend.Torch
            ? MeanOf(weights => NetworkScorer.OutputsOfAll(_network, weights, rows, _training))
            : Mean(rows.Rows, _network.Shape.Actions * _network.Shape.Heads, (network, first, _, outputs) =>
                network.OutputsOfAll(rows, first, outputs));
    }

    /// <summary>The first network's last activation before the heads: [rows × representation], row-major.</summary>
    public float[] Representations(EncodedBatch rows)
    {
        BatchCheck.Require(rows, _network.Shape);
        if (_options.Backend == ScoringBackend.Torch)
        {
            return NetworkScorer.Representations(_network, _weights[0], rows, _training);
        }
        int width = _network.Shape.RepresentationWidth;
        var representations = new float[(long)rows.Rows * width];
        RowBlocks.For(rows.Rows, BlockRows, _options.Threads, (first, count) =>
            _compiled.Value[0].Representations(rows, first, representations.AsSpan(first * width, count * width)));
        return representations;
    }

    private float[] Mean(int rows, int width, Part part)
    {
        var networks = _compiled.Value;
        var mean = new float[(long)rows * width];
        RowBlocks.For(rows, BlockRows, _options.Threads, (first, count) =>
        {
            var block = mean.AsSpan(first * width, count * width);
            if (networks.Length == 1)
            {
                part(networks[0], first, count, block);
                return;
            }
            var outputs = new float[block.Length];
            foreach (var network in networks)
            {
                part(network, first, count, outputs);
                AddShare(outputs, block, networks.Length);
            }
        });
        return mean;
    }

    private float[] MeanOf(Func<float[], float[]> outputsOf)
    {
        float[] mean = [];
        foreach (float[] member in _weights)
        {
            float[] outputs = outputsOf(member);
            mean = mean.Length == 0 ? new float[outputs.Length] : mean;
            AddShare(outputs, mean, _weights.Length);
        }
        return mean;
    }

    private static void AddShare(ReadOnlySpan<float> outputs, Span<float> mean, int networks)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] += outputs[i] / networks;
        }
    }
}
