using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>Scores predictors on the held-out half, under the actions that were really taken.</summary>
internal static class CardScores
{
    public const string LogisticRegression = "logisticRegression";
    public const string BoostedTrees = "boostedTrees";
    private const int GainPoints = 20;

    public static CardResponse Response(TrainerResult learnt, int outcome, TrainingData training, TrainingData heldOut, IReadOnlyList<string> actions)
    {
        var model = learnt.Predictors.Response!;
        var summary = model.Outcomes[outcome];
        var labels = heldOut.Outcomes[summary.Name];
        var predictions = model.Predict(heldOut.Features, heldOut.Arms, outcome);
        var logistic = summary.Varies
            ? LogisticBaseline.Train(TabularFeatures.Of(training.Features), training.Arms, training.Outcomes[summary.Name], actions.Count)
                .Predict(TabularFeatures.Of(heldOut.Features), heldOut.Arms)
            : null;
        var trees = learnt.ResponseTrees.TryGetValue(summary.Name, out var grown)
            ? ResponseTrees.Predict(grown, heldOut.Features, heldOut.Arms, actions)
            : null;
        return new CardResponse(
            summary.Name,
            summary.Positives,
            summary.Calibration.ToString().ToLowerInvariant(),
            Of(BinaryMetrics.Compute(predictions, labels)),
            logistic is null ? null : Of(BinaryMetrics.Compute(logistic, labels)),
            Gains(predictions, labels),
            trees is null ? null : Of(BinaryMetrics.Compute(trees, labels)),
            [.. new[] { (Name: LogisticRegression, Predictions: logistic), (Name: BoostedTrees, Predictions: trees) }
                .Where(yardstick => yardstick.Predictions is not null)
                .Select(yardstick => ShadowScoring.LogLoss(yardstick.Name, predictions, yardstick.Predictions!, labels))]);
    }

    /// <summary>The network alone, without yardsticks.</summary>
    public static CardResponse Response(ResponseModel model, int outcome, TrainingData heldOut)
    {
        var summary = model.Outcomes[outcome];
        var labels = heldOut.Outcomes[summary.Name];
        var predictions = model.Predict(heldOut.Features, heldOut.Arms, outcome);
        return new CardResponse(
            summary.Name,
            summary.Positives,
            summary.Calibration.ToString().ToLowerInvariant(),
            Of(BinaryMetrics.Compute(predictions, labels)),
            Gains: Gains(predictions, labels));
    }

    /// <summary>How the order by the chosen learner of each action does on the held-out members.</summary>
    public static CardIncrement[] Increments(TrainerResult learnt, IReadOnlyList<TrainerArm> arms, string metric, TrainingData heldOut, int seed)
    {
        var values = learnt.Predictors.Value!.PredictAll(heldOut.Features);
        return [.. learnt.Increments.Select((increment, index) =>
        {
            var rows = ActionRows.Of(index + 1, arms, heldOut.Arms, heldOut.Propensities, heldOut.Outcomes[metric]);
            var predicted = learnt.Predictors.Increments(index + 1, values, heldOut.Features);
            return increment with { HeldOut = rows.Rows.Length == 0 ? null : HeldOutUplift.Of(rows, Array.ConvertAll(rows.Rows, row => predicted[row]), seed) };
        })];
    }

    private static CardGain[]? Gains(float[] predictions, float[] labels)
    {
        var (rows, all) = (Enumerable.Range(0, labels.Length).ToArray(), labels.Sum(label => (double)label));
        if (all == 0)
        {
            return null;
        }

        Array.Sort(Array.ConvertAll(predictions, prediction => -prediction), rows);
        var gains = new CardGain[GainPoints];
        var found = 0.0;
        for (var (point, row) = (0, 0); point < GainPoints; point++)
        {
            for (var end = (int)((long)rows.Length * (point + 1) / GainPoints); row < end; row++)
            {
                found += labels[rows[row]];
            }

            gains[point] = new CardGain((point + 1.0) / GainPoints, found / all);
        }

        return gains;
    }

    public static CardValue Value(ValueModel model, string metric, string unit, TrainingData heldOut)
    {
        var scores = model.Evaluate(heldOut.Features, heldOut.Arms, heldOut.Outcomes[metric]);
        return new CardValue(
            metric,
            unit,
            model.Positives,
            scores.Rows,
            scores.MeanPredicted,
            scores.MeanActual,
            [.. scores.Deciles.Select(d => new CardDecile(d.Decile, d.Rows, d.MeanPredicted, d.MeanActual))],
            Of(scores.Positive),
            scores.NormalizedGini,
            scores.Spearman,
            scores.DecileMape);
    }

    private static BinaryScores Of(BinaryMetrics metrics) => new(
        metrics.Rows,
        metrics.Positives,
        metrics.BaseRate,
        metrics.MeanPredicted,
        metrics.LogLoss,
        metrics.BaseRateLogLoss,
        metrics.Brier,
        metrics.ExpectedCalibrationError,
        [.. metrics.CalibrationBins.Select(bin => new CardBin(bin.Rows, bin.MeanPredicted, bin.ObservedRate))],
        metrics.Auc);
}
