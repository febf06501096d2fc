using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// What an optimiser does by itself: one network of <see cref="ResponseModel"/> for one outcome, trained to the last epoch and judged as it
/// is, where models keep the best epoch, average folds and calibrate, and so hide most of it. For choosing rates and radii. Immutable.
/// </summary>
public sealed class OptimizerTrial
{
    private readonly TrainingSet _set;
    private readonly EncodedBatch _encoded;
    private readonly ActionNetwork _network;
    private readonly ResponseOptions _shape;
    private readonly float[] _start;

    private OptimizerTrial(TrainingSet set, EncodedBatch encoded, ActionNetwork network, ResponseOptions shape, float[] start)
    {
        (_set, _encoded, _network, _shape, _start) = (set, encoded, network, shape, start);
    }

    /// <summary>Weights of the network, in [1, 2³¹).</summary>
    public int ParameterCount => _network.ParameterCount;

    /// <summary>Sets up a trial: data, network and starting weights.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <param name="labels">
    /// [rows] in [0, 1], neither all 0 nor all 1 among those to train on; between the two stands a probability to be matched.
    /// </param>
    /// <param name="heldOut">Rows not to train on, unique; at least one, and not all.</param>
    /// <param name="options">Of the network, its encoder and its device; the seed draws the starting weights.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    public static OptimizerTrial Create(FeatureTable features, int[] actions, float[] labels, int[] heldOut, ResponseOptions options)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateAll();
        var random = RandomOf(options);
        var set = TrainingSet.Create(features, actions, [labels], options, random);
        var outside = heldOut.ToHashSet();
        int[] rows = [.. Enumerable.Range(0, features.Rows).Where(row => !outside.Contains(row))];
        if (outside.Count != heldOut.Length || heldOut.Length == 0 || rows.Length + heldOut.Length != features.Rows || rows.Length < 2)
        {
            throw new ArgumentException("Held-out rows must be unique rows of the table, at least one and at most all but two.", nameof(heldOut));
        }
        double positives = rows.Sum(row => (double)labels[row]);
        if (labels.Any(label => !(label is >= 0f and <= 1f)) || positives <= 0 || positives >= rows.Length)
        {
            throw new ArgumentException("Labels must be in [0, 1], and neither all 0 nor all 1 among the rows to train on.", nameof(labels));
        }
        var encoder = FeatureEncoder.Fit(features.Select(rows), options.Encoder);
        var network = new ActionNetwork(NetworkShape.Of(encoder, 1, options));
        float[] common = new float[options.Actions.Count];
        Array.Fill(common, (float)Math.Log(positives / (rows.Length - positives)));
        return new OptimizerTrial(
            set with { Folds = [heldOut, rows] }, encoder.Transform(features), network, options, network.Initialize(random, common));
    }

    /// <summary>Trains to the last epoch; patience is not asked, the plateau factor is.</summary>
    /// <param name="options">Of the optimiser; what concerns the network is that of the trial. The seed draws the order of rows.</param>
    /// <param name="start">Weights to start from, (parameters); null for the trial's own.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">The start has another length, or an option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrialResult Run(ResponseOptions options, float[]? start = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateAll();
        Require(start);
        var device = TorchRuntime.Start(_shape);
        using var scope = NewDisposeScope();
        var data = new DeviceData(_network.Shape, _encoded, _set, device, TrainingState.StepsRows(_network, options));
        int[] order = [.. _set.Folds[1]];
        var random = RandomOf(options);
        using var trainer = new NetworkTrainer(
            _network, _encoded, data, _set, 0, order, Loss, options with { Patience = int.MaxValue });
        var state = trainer.Start(start ?? _start);
        while (state.Stopped is null)
        {
            state = trainer.Epoch(state, random, cancellation);
        }
        int probed = options.Stability?.ProbeRows ?? new StabilityOptions().ProbeRows;
        return new TrialResult(
            state.Weights, Probabilities(state.Weights), state.Curve, state.Readings, Probe(state.Weights, probed, options.BatchSize),
            state.Stopped == StopReason.Diverged);
    }

    /// <summary>Curvature and its bounds at some weights, as plain descent without momentum meets them.</summary>
    /// <param name="weights">(parameters).</param>
    /// <param name="probeRows">Training rows to measure it on, at least 2; all where there are fewer.</param>
    /// <param name="batchSize">Rows a step, at least 1.</param>
    /// <returns>Null where it could not be computed: weights overflowed, or there is no curvature at all.</returns>
    /// <exception cref="ArgumentException">The weights have another length, or a number is outside its range.</exception>
    public StabilityBounds? Probe(float[] weights, int probeRows, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Require(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(probeRows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var device = TorchRuntime.Start(_shape);
        using var scope = NewDisposeScope();
        var options = _shape with
        {
            Optimizer = OptimizerKind.Sgd,
            Momentum = 0,
            EmbeddingOptimizer = EmbeddingOptimizer.Adam,
            LearningRate = 1,
            BatchSize = batchSize,
            Stability = new StabilityOptions { ProbeRows = Math.Min(probeRows, 4096), React = false },
        };
        var data = new DeviceData(_network.Shape, _encoded, _set, device, TrainingState.StepsRows(_network, options));
        using var trainer = new NetworkTrainer(_network, _encoded, data, _set, 0, [.. _set.Folds[1]], Loss, options);
        return trainer.Start(weights).Readings is [{ Sharpness: { } sharpness, Coherence: { } coherence, SafeRate: { } safe, DivergentRate: { } divergent }]
            ? new StabilityBounds(sharpness, coherence, safe, divergent)
            : null;
    }

    /// <summary>Uncalibrated probabilities under the actions taken.</summary>
    /// <param name="weights">(parameters).</param>
    /// <returns>[rows] of the trial's table, in [0, 1].</returns>
    /// <exception cref="ArgumentException">The weights have another length.</exception>
    public float[] Probabilities(float[] weights) => Array.ConvertAll(Logits(weights), logit => 1f / (1f + MathF.Exp(-logit)));

    /// <summary>The logarithms of the odds, under the actions taken.</summary>
    /// <param name="weights">(parameters).</param>
    /// <returns>[rows] of the trial's table.</returns>
    /// <exception cref="ArgumentException">The weights have another length.</exception>
    public float[] Logits(float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Require(weights);
        return NetworkScorer.Outputs(_network, weights, _encoded, _set.Actions, _shape);
    }

    private static Tensor Loss(Tensor outputs, Tensor labels) =>
        binary_cross_entropy_with_logits(outputs.select(1, 0), labels.select(1, 0));

    private static Random RandomOf(TrainingOptions options) => new((int)(options.Seed ^ (options.Seed >> 32)));

    private void Require(float[]? weights)
    {
        if (weights is not null && weights.Length != ParameterCount)
        {
            throw new ArgumentException($"There are {weights.Length} weights for {ParameterCount} parameters.", nameof(weights));
        }
    }
}
