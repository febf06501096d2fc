using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Training;

/// <summary>An encoder and a network with fixed weights: what all models are made of. Immutable.</summary>
internal sealed class FittedNetwork
{
    private readonly ActionNetwork _network;
    private readonly float[] _weights;
    private readonly ComputeDevice _device;

    private FittedNetwork(FeatureEncoder encoder, ActionNetwork network, float[] weights, ComputeDevice device)
    {
        Encoder = encoder;
        _network = network;
        _weights = weights;
        _device = device;
    }

    public FeatureEncoder Encoder { get; }

    public int RepresentationWidth => _network.Shape.RepresentationWidth;

    public static (FittedNetwork Network, TrainingReport Report) Fit(
        TrainingSet set, float[] headBias, BatchLoss? loss, TrainingOptions options, Random random,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var encoder = FeatureEncoder.Fit(set.Features.Select(set.TrainingRows), options.Encoder);
        var network = new ActionNetwork(ShapeOf(encoder, headBias.Length, options));
        float[] start = network.Initialize(random, headBias);
        var trained = loss is null
            ? new TrainedWeights(start, "cpu", 0, StopReason.NoVariation, [])
            : NetworkTrainer.Train(network, encoder.Transform(set.Features), set, start, loss, options, random, progress, cancellation);
        var report = new TrainingReport
        {
            Seed = options.Seed,
            Device = trained.Device,
            TrainingRows = set.TrainingRows.Length,
            ValidationRows = set.ValidationRows.Length,
            RowsPerAction = set.RowsPerAction(options.Actions.Count),
            DataDigest = DataDigest.Compute(set.Features, set.Actions, set.Labels),
            BestEpoch = trained.BestEpoch,
            Stopped = trained.Stopped,
            Curve = trained.Curve,
        };
        return (new FittedNetwork(encoder, network, trained.Values, options.Device), report);
    }

    public static FittedNetwork Restore(string encoderJson, IReadOnlyList<ArtifactTensor> tensors, int heads, TrainingOptions options)
    {
        var encoder = FeatureEncoder.FromJson(encoderJson);
        var network = new ActionNetwork(ShapeOf(encoder, heads, options));
        var weights = new float[network.ParameterCount];
        var byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var block in network.Blocks)
        {
            if (!byName.TryGetValue(block.Name, out var tensor) || !tensor.Shape.AsSpan().SequenceEqual(block.Shape))
            {
                throw new InvalidDataException($"The model file's tensor '{block.Name}' is missing or of another shape.");
            }
            tensor.Values.CopyTo(weights, block.Offset);
        }
        return new FittedNetwork(encoder, network, weights, options.Device);
    }

    /// <summary>[rows × heads], row-major.</summary>
    public float[] Outputs(FeatureTable table, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(table);
        TrainingSet.RequireActions(actions, table.Rows, _network.Shape.Actions);
        return NetworkScorer.Outputs(_network, _weights, Encoder.Transform(table), actions, _device);
    }

    /// <summary>[rows × <see cref="RepresentationWidth"/>], row-major.</summary>
    public float[] Represent(FeatureTable table) =>
        NetworkScorer.Representations(_network, _weights, Encoder.Transform(table), _device);

    public IReadOnlyList<ArtifactTensor> Tensors() =>
        [.. _network.Blocks.Select(block => new ArtifactTensor(block.Name, block.Shape, _weights[block.Offset..(block.Offset + block.Length)]))];

    /// <summary>The same action for every row.</summary>
    public static int[] Constant(int action, FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var actions = new int[table.Rows];
        Array.Fill(actions, action);
        return actions;
    }

    private static NetworkShape ShapeOf(FeatureEncoder encoder, int heads, TrainingOptions options) => new(
        encoder.NumericWidth, [.. encoder.VocabularySizes], options.Actions.Count, heads, options.CrossLayers, options.CrossRank,
        [.. options.Hidden]);
}
