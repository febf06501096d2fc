using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Mean loss of a batch, from outputs (batch, heads) and labels (batch, outcomes).</summary>
internal delegate Tensor BatchLoss(Tensor outputs, Tensor labels);

/// <summary>The network fitted on all folds but one.</summary>
internal sealed record TrainedFold(float[] Weights, FoldReport Report, IReadOnlyList<TrainingProgress> Curve);

/// <summary>
/// Fits an <see cref="ActionNetwork"/>: Adam, with row-wise Adagrad on large embedding tables, rate cut on plateau, early stop with the best weights kept. All chance comes from the given
/// generator, none from libtorch's, so that trainings side by side do not disturb each other. Synchronous on the calling thread, because
/// dispose scopes are bound to a thread.
/// </summary>
internal static class NetworkTrainer
{
    private const int EpochsPerPlateau = 2;
    private const double SmallestGain = 1e-5;

    public static TrainedFold Train(
        ActionNetwork network, EncodedBatch encoded, TrainingSet set, int fold, int[] order, float[] start, BatchLoss loss,
        TrainingOptions options, Random random, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var device = TorchRuntime.Start(options);
        using var scope = NewDisposeScope();
        var data = new DeviceData(network.Shape, encoded, set, device);
        using var state = new TrainingState(network, encoded, start, options, device);
        long warmupSteps = (long)(options.WarmupShare * options.MaxEpochs * ((order.Length + options.BatchSize - 1) / options.BatchSize));
        float[] best = start;
        int[] validationRows = set.Folds[fold];
        double bestLoss = Validate(network, state, data, validationRows, loss, options.BatchSize);
        int bestEpoch = 0;
        double rate = options.LearningRate;
        long step = 0;
        var curve = new List<TrainingProgress>();
        var stopped = StopReason.EpochLimit;
        for (int epoch = 1; epoch <= options.MaxEpochs && stopped == StopReason.EpochLimit; epoch++)
        {
            random.Shuffle(order);
            double sum = 0;
            int batches = 0;
            for (int first = 0; first < order.Length; first += options.BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(options.BatchSize, order.Length - first);
                step++;
                double share = (step < warmupSteps ? (double)step / warmupSteps : 1) * rate / options.LearningRate;
                sum += Step(network, state, data, order.AsSpan(first, count), loss, share);
                batches++;
                TorchRuntime.AfterStep(step);
            }
            double validation = Validate(network, state, data, validationRows, loss, options.BatchSize);
            var point = new TrainingProgress(fold + 1, set.Folds.Length, epoch, options.MaxEpochs, sum / batches, validation, rate);
            curve.Add(point);
            progress?.Report(point);
            if (validation < bestLoss - SmallestGain)
            {
                (bestLoss, bestEpoch, best) = (validation, epoch, state.ToArray());
            }
            else if (epoch - bestEpoch >= options.Patience)
            {
                stopped = StopReason.NoImprovement;
            }
            else if ((epoch - bestEpoch) % EpochsPerPlateau == 0)
            {
                rate *= options.PlateauFactor;
            }
        }
        return new TrainedFold(best, new FoldReport(fold + 1, order.Length, validationRows.Length, bestEpoch, stopped), curve);
    }

    private static double Step(
        ActionNetwork network, TrainingState state, DeviceData data, ReadOnlySpan<int> rows, BatchLoss loss, double rateShare)
    {
        using var scope = NewDisposeScope();
        var touched = state.Touch(rows);
        var batchLoss = Loss(network, touched.Parameters, touched.Codes, data, rows, loss);
        state.Step(touched, batchLoss, rateShare);
        double value = TorchRuntime.ToArray(batchLoss)[0];
        return double.IsFinite(value) ? value : throw new InvalidOperationException("The training loss is not a number.");
    }

    private static double Validate(
        ActionNetwork network, TrainingState state, DeviceData data, int[] rows, BatchLoss loss, int batchSize)
    {
        using var withoutGraph = no_grad();
        double sum = 0;
        // Chunks stay in the processor's cache; weighting by rows gives the mean over all.
        for (int first = 0; first < rows.Length; first += batchSize)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(batchSize, rows.Length - first);
            var part = rows.AsSpan(first, count);
            sum += count * (double)TorchRuntime.ToArray(Loss(network, state.Parameters(), null, data, part, loss))[0];
        }
        return sum / rows.Length;
    }

    private static Tensor Loss(
        ActionNetwork network, Tensor[] parameters, Tensor? tableRows, DeviceData data, ReadOnlySpan<int> rows, BatchLoss loss)
    {
        var picked = tensor(rows.ToArray(), device: data.Codes.device).to(ScalarType.Int64); // (batch)
        var codes = data.Codes.index_select(0, picked);
        var representation = network.Represent(parameters, data.Numeric.index_select(0, picked), tableRows ?? codes);
        var outputs = network.Heads(parameters, representation, data.ActionMask.index_select(0, picked));
        return loss(network.Calibrate(parameters, outputs, codes), data.Labels.index_select(0, picked));
    }

    /// <summary>The whole table on the device; lives in the dispose scope of the training.</summary>
    private sealed class DeviceData
    {
        public DeviceData(NetworkShape shape, EncodedBatch encoded, TrainingSet set, Device device)
        {
            long rows = encoded.Rows;
            Numeric = TorchRuntime.TensorOf(encoded.Numeric, [rows, encoded.NumericWidth], device);
            Codes = tensor(encoded.Codes, [rows, encoded.CategoricalWidth], device: device).to(ScalarType.Int64);
            ActionMask = TorchRuntime.TensorOf(NetworkScorer.MaskOf(set.Actions, shape.Actions), [rows, shape.Actions - 1], device);
            var labels = new float[rows * set.Labels.Length];
            for (int k = 0; k < set.Labels.Length; k++)
            {
                for (int row = 0; row < rows; row++)
                {
                    labels[row * set.Labels.Length + k] = set.Labels[k][row];
                }
            }
            Labels = TorchRuntime.TensorOf(labels, [rows, set.Labels.Length], device);
        }

        public Tensor Numeric { get; }

        public Tensor Codes { get; }

        public Tensor ActionMask { get; }

        public Tensor Labels { get; }
    }
}
