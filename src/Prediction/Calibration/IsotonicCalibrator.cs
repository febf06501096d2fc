using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Calibration;

/// <summary>
/// The calibration layer of the response network (LiRank, arXiv 2402.06859) by itself, for probabilities that another model gave:
/// one rising curve of the logit for each combination of calibration features, as channel and device. Immutable and safe to share between
/// threads; it holds no native memory.
/// </summary>
public sealed class IsotonicCalibrator
{
    private const int MinRows = 50, ChunkRows = 4096;

    // Beyond it a float's logistic function is 0 or 1 and has no gradient.
    private const float LargestLogit = 15f;

    private readonly FeatureEncoder _encoder;
    private readonly ParameterLayout _layout;
    private readonly IsotonicLayer _layer;
    private readonly float[] _weights;

    private IsotonicCalibrator(FeatureEncoder encoder, ParameterLayout layout, IsotonicLayer layer, float[] weights)
    {
        _encoder = encoder;
        _layout = layout;
        _layer = layer;
        _weights = weights;
    }

    /// <summary>Fits the curves by the log loss.</summary>
    /// <param name="logits">[rows] log odds, not NaN; cut to [−15, 15].</param>
    /// <param name="features">The calibration features of the rows, at least 50; categorical ones only.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, a feature is numeric, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IsotonicCalibrator Fit(
        float[] logits, FeatureTable features, float[] labels, IsotonicCalibratorOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new IsotonicCalibratorOptions();
        options.Validate();
        Require(logits, features);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Rows, MinRows, nameof(features));
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, features.Rows, nameof(labels));
        int bad = Array.FindIndex(labels, y => y is not (0f or 1f));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(labels), labels[bad], $"The label of row {bad} must be 0 or 1.");
        }
        var encoder = FeatureEncoder.Fit(features);
        var layout = new ParameterLayout();
        int[] sizes = [.. encoder.VocabularySizes];
        var layer = new IsotonicLayer(1, [.. Enumerable.Range(0, sizes.Length)], sizes, layout);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        float[] weights = layout.Initialize(random);
        float[] trained = Train(layout, layer, weights, Cut(logits), encoder.Transform(features), labels, options, random, cancellation);
        return new IsotonicCalibrator(encoder, layout, layer, trained);
    }

    /// <summary>Calibrated probabilities; of two rows with the same features, the one with the higher logit gets the higher one.</summary>
    /// <param name="logits">[rows] log odds, not NaN; cut to [−15, 15].</param>
    /// <param name="features">The features of <see cref="Fit"/>; a value that it has not seen has the curve of the rare.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">Lengths differ, a feature is missing, or a logit is NaN.</exception>
    public float[] Apply(float[] logits, FeatureTable features)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(features);
        Require(logits, features);
        var codes = _encoder.Transform(features);
        var device = TorchRuntime.Start(ComputeDevice.Cpu, 1);
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        var parameters = _layout.Split(TorchRuntime.TensorOf(_weights, [_weights.Length], device));
        var result = new float[logits.Length];
        float[] cut = Cut(logits);
        for (int first = 0; first < result.Length; first += ChunkRows)
        {
            using var chunk = NewDisposeScope();
            int[] rows = [.. Enumerable.Range(first, Math.Min(ChunkRows, result.Length - first))];
            var (logit, code) = Batch(cut, codes, rows, device);
            TorchRuntime.ToArray(_layer.Apply(parameters, logit, code).sigmoid()).CopyTo(result.AsSpan(first));
        }
        return result;
    }

    private static float[] Train(
        ParameterLayout layout, IsotonicLayer layer, float[] start, float[] logits, EncodedBatch codes, float[] labels,
        IsotonicCalibratorOptions options, Random random, CancellationToken cancellation)
    {
        // A few hundred numbers: no device is faster than the processor.
        var device = TorchRuntime.Start(ComputeDevice.Cpu, 1);
        using var scope = NewDisposeScope();
        var flat = TorchRuntime.TensorOf(start, [start.Length], device).requires_grad_(true);
        using var adam = new FlatAdam(flat, layout.Blocks, new ResponseOptions { WeightDecay = options.Decay, EffectDecay = 0 });
        int[] order = [.. Enumerable.Range(0, logits.Length)];
        long steps = (long)options.Epochs * ((order.Length + options.BatchSize - 1) / options.BatchSize), step = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            for (int first = 0; first < order.Length; first += options.BatchSize, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var batch = NewDisposeScope();
                int[] rows = order[first..Math.Min(first + options.BatchSize, order.Length)];
                var (logit, code) = Batch(logits, codes, rows, device);
                var label = TorchRuntime.TensorOf([.. rows.Select(row => labels[row])], [rows.Length, 1], device);
                var loss = binary_cross_entropy_with_logits(layer.Apply(layout.Split(flat), logit, code), label);
                adam.Step(autograd.grad([loss], [flat])[0], options.LearningRate * (steps - step) / steps);
                TorchRuntime.AfterStep(step + 1);
            }
        }
        return TorchRuntime.ToArray(flat.detach());
    }

    /// <summary>(batch, 1) and (batch, features), int64.</summary>
    private static (Tensor Logits, Tensor Codes) Batch(float[] logits, EncodedBatch codes, int[] rows, Device device)
    {
        int width = codes.CategoricalWidth;
        long[] picked = [.. rows.SelectMany(row => codes.Codes[(row * width)..((row + 1) * width)]).Select(code => (long)code)];
        return (
            TorchRuntime.TensorOf([.. rows.Select(row => logits[row])], [rows.Length, 1], device),
            tensor(picked, [rows.Length, width], device: device));
    }

    private static float[] Cut(float[] logits) => Array.ConvertAll(logits, logit => Math.Clamp(logit, -LargestLogit, LargestLogit));

    private static void Require(float[] logits, FeatureTable features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, features.Rows, nameof(logits));
        int bad = Array.FindIndex(logits, float.IsNaN);
        if (bad >= 0)
        {
            throw new ArgumentException($"The logit of row {bad} is not a number.", nameof(logits));
        }
        if (features.Schema.FirstOrDefault(spec => spec.Kind != FeatureKind.Categorical) is { } numeric)
        {
            throw new ArgumentException($"Feature '{numeric.Name}' is numeric; calibration features are categorical.", nameof(features));
        }
    }
}
