using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Training;

/// <summary>A training from data to the networks of all folds.</summary>
internal static class NetworkFit
{
    private const int ScoredAtOnce = 1 << 16;

    /// <summary>Fits one network per fold; without a loss there is nothing to learn, and the starting weights stay.</summary>
    /// <param name="set">The data.</param>
    /// <param name="heads">Outputs per row.</param>
    /// <param name="startOf">From training rows, the outputs to start from under each action, [actions × heads].</param>
    /// <param name="loss">Null where no outcome varies.</param>
    /// <param name="options">Checked.</param>
    /// <param name="random">Seeded.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where states are left and found; null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>
    /// The networks, the report, and for each row the outputs of the network that has not seen it, [rows × heads]; NaN in the rows of a fold
    /// without a network.
    /// </returns>
    public static (FittedNetwork Network, TrainingReport Report, float[] UnseenOutputs) Run(
        TrainingSet set, int heads, Func<int[], float[]> startOf, BatchLoss? loss, TrainingOptions options, Random random,
        IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints, CancellationToken cancellation)
    {
        var (encoder, encoded, digest) = set.Data.Prepare(options, set);
        var network = new ActionNetwork(NetworkShape.Of(encoder, heads, options));
        var run = new TrainingRun(network, encoded, set, options, CheckpointFile.Identity(digest, options), checkpoints);
        var trained = new List<TrainedFold>();
        if ((long)set.Rows * heads > Array.MaxLength)
        {
            throw new ArgumentException($"{set.Rows} rows of {heads} outputs are more than {Array.MaxLength} numbers.", nameof(set));
        }
        var unseen = new float[set.Rows * heads];
        if (options.NetworkCount < set.Folds.Length)
        {
            Array.Fill(unseen, float.NaN);
        }
        for (int fold = 0; loss is not null && fold < options.NetworkCount; fold++)
        {
            int[] rows = [.. set.Folds.Where((_, f) => f != fold).SelectMany(part => part)];
            float[] start = network.Initialize(random, StartOf(set, rows, heads, startOf));
            trained.Add(run.Train(fold, rows, start, loss, random, progress, cancellation));
            foreach (int[] part in set.Folds[fold].Chunk(ScoredAtOnce))
            {
                int[] actions = Array.ConvertAll(part, row => set.Actions[row]);
                float[] outputs = NetworkScorer.Outputs(network, trained[^1].Weights, encoded.Select(part), actions, options);
                for (int i = 0; i < part.Length; i++)
                {
                    outputs.AsSpan(i * heads, heads).CopyTo(unseen.AsSpan(part[i] * heads));
                }
            }
        }
        var report = new TrainingReport
        {
            Seed = options.Seed,
            Device = TorchRuntime.NameOf(options),
            MatrixPrecision = MatrixProducts.Used(options),
            Rows = set.Rows,
            RowsPerAction = set.CountByAction(),
            DataDigest = digest,
            Warnings = encoder.Warnings,
            Folds = [.. trained.Select(fold => fold.Report)],
            Curve = [.. trained.SelectMany(fold => fold.Curve)],
            Stability = [.. trained.SelectMany(fold => fold.Readings)],
        };
        float[][] weights = trained.Count > 0 ? [.. trained.Select(fold => fold.Weights)] : [new float[network.ParameterCount]];
        var fitted = new FittedNetwork(encoder, network, weights, options)
        {
            Memory = options.KeepCurvature && loss is not null
                ? [.. trained.Select((fold, f) => NetworkRefresher.Remember(network, Whole(), set, f, loss, options, fold.Weights, random, cancellation))]
                : null,
        };
        return (fitted, report, unseen);

        EncodedBatch Whole() => encoded as EncodedBatch ?? encoded.Select([.. Enumerable.Range(0, set.Rows)]);
    }

    /// <summary>An action without rows starts, and stays, where "none" is.</summary>
    private static float[] StartOf(TrainingSet set, int[] rows, int heads, Func<int[], float[]> startOf)
    {
        float[] start = startOf(rows);
        int[][] byAction = set.ByAction(rows);
        for (int action = 1; action < byAction.Length; action++)
        {
            if (byAction[action].Length == 0)
            {
                start.AsSpan(0, heads).CopyTo(start.AsSpan(action * heads));
            }
        }
        return start;
    }
}
