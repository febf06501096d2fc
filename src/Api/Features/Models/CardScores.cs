using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>Scores predictors on the held-out half, under the actions that were really taken.</summary>
internal static class CardScores
{
    private const int GainPoints = 20;

    public static CardResponse Response(ResponseModel model, int outcome, TrainingData training, TrainingData heldOut, int actions)
    {
        var summary = model.Outcomes[outcome];
        var labels = heldOut.Outcomes[summary.Name];
        var baseline = summary.Varies
            ? LogisticBaseline.Train(training.Features, training.Arms, training.Outcomes[summary.Name], actions)
                .Evaluate(heldOut.Features, heldOut.Arms, labels)
            : null;
        return new CardResponse(
            summary.Name,
            summary.Positives,
            summary.Calibration.ToString().ToLowerInvariant(),
            Of(model.Evaluate(heldOut.Features, heldOut.Arms, labels, outcome)),
            baseline is null ? null : Of(baseline),
            Gains(model.Predict(heldOut.Features, heldOut.Arms, outcome), labels));
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
