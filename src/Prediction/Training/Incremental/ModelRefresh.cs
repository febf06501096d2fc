using Noah.Prediction.Features;

namespace Noah.Prediction.Training.Incremental;

/// <summary>A refresh of all networks of a model.</summary>
internal static class ModelRefresh
{
    /// <summary>Moves all networks on to new rows.</summary>
    /// <param name="model">The networks; they stay as they are.</param>
    /// <param name="features">The new rows.</param>
    /// <param name="set">The same, in as many folds as there were.</param>
    /// <param name="loss">As in the first training.</param>
    /// <param name="refresh">Checked.</param>
    /// <param name="progress">Told after each pass of each network.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>The networks, the record, and for each row the outputs as those of <see cref="NetworkFit.Run"/>.</returns>
    public static (FittedNetwork Network, RefreshRecord Record, float[] UnseenOutputs) Run(
        FittedNetwork model, FeatureTable features, TrainingSet set, BatchLoss? loss, RefreshOptions refresh, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var random = new Random((int)(refresh.Seed ^ (refresh.Seed >> 32)));
        var encoded = model.Encoder.Transform(features);
        var refresher = loss is null ? null : new NetworkRefresher(model.Network, encoded, set, loss, model.Options, refresh);
        RefreshedFold[] folds = refresher is null
            ? []
            : [.. model.Weights.Select((weights, fold) => refresher.Refresh(fold, weights, model.Memory?[fold], random, progress, cancellation))];
        int heads = model.Network.Shape.Heads;
        var unseen = new float[set.Rows * heads];
        Array.Fill(unseen, float.NaN);
        for (int fold = 0; fold < folds.Length; fold++)
        {
            for (int i = 0; i < set.Folds[fold].Length; i++)
            {
                folds[fold].UnseenOutputs.AsSpan(i * heads, heads).CopyTo(unseen.AsSpan(set.Folds[fold][i] * heads));
            }
        }
        var record = new RefreshRecord
        {
            Options = refresh,
            Rows = set.Rows,
            RowsPerAction = set.CountByAction(),
            DataDigest = DataDigest.Compute(features, set.Actions, set.Labels),
            LossBefore = folds.Length > 0 ? folds.Average(fold => fold.LossBefore) : null,
            LossAfter = folds.Length > 0 ? folds.Average(fold => fold.LossAfter) : null,
        };
        return folds.Length == 0
            ? (model, record, unseen)
            : (new FittedNetwork(model.Encoder, model.Network, [.. folds.Select(fold => fold.Weights)], model.Options)
            {
                Memory = [.. folds.Select(fold => fold.Memory)],
            },
            record, unseen);
    }
}
