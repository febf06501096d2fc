using Noah.Bench.Instances;
using Noah.Prediction.Baselines;
using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;

namespace Noah.Bench.Studies;

/// <summary>
/// The isotonic layer against Platt's two numbers on log odds that each channel bends in its own way. Errors are measured within channels and
/// averaged: over all rows together those of two channels can cancel.
/// </summary>
internal static class ResponseCalibration
{
    private const int GridPoints = 400;

    public static StudyResult Run(int rows)
    {
        var training = DistortedChannels.Draw(rows, 1);
        var heldOut = DistortedChannels.Draw(2 * rows, 2);
        var byChannel = Fit(training, known: true);
        float[] calibrated = byChannel.Apply(heldOut.Logits, DistortedChannels.Feature(heldOut.Channels, true));
        float[] common = Fit(training, known: false).Apply(heldOut.Logits, DistortedChannels.Feature(heldOut.Channels, false));
        float[] raw = [.. heldOut.Logits.Select(logit => 1 / (1 + MathF.Exp(-logit)))];
        // Platt's sigmoid is logistic regression on the log odds.
        var platt = LogisticBaseline.Train(Numeric(training), new int[rows], training.Labels, 1).Predict(Numeric(heldOut), new int[2 * rows]);
        double ece = Error(heldOut, calibrated), ofPlatt = Error(heldOut, platt);
        var ratios = Enumerable.Range(0, DistortedChannels.Count).Select(channel => ObservedOverExpected(heldOut, calibrated, channel)).ToArray();
        return new StudyResult(
            [
                new Figure("ece", ece, "probability"),
                new Figure("uncalibratedEce", Error(heldOut, raw), "probability"),
                new Figure("ECE of Platt's sigmoid", ofPlatt, "probability"),
                new Figure("ECE of one isotonic layer for all channels", Error(heldOut, common), "probability"),
                new Figure("ECE of the known truth", Error(heldOut, heldOut.TrueProbabilities), "probability"),
                new Figure("log loss", BinaryMetrics.Compute(calibrated, heldOut.Labels).LogLoss, "nats"),
                new Figure("log loss of Platt's sigmoid", BinaryMetrics.Compute(platt, heldOut.Labels).LogLoss, "nats"),
                new Figure("log loss of the known truth", BinaryMetrics.Compute(heldOut.TrueProbabilities, heldOut.Labels).LogLoss, "nats"),
                new Figure("observed over expected, least channel", ratios.Min(), "ratio"),
                new Figure("observed over expected, greatest channel", ratios.Max(), "ratio"),
            ],
            [
                Target.AtMost("ECE over Platt's", ece / ofPlatt, 0.5),
                Target.AtLeast("observed over expected, least channel", ratios.Min(), 0.97),
                Target.AtMost("observed over expected, greatest channel", ratios.Max(), 1.03),
                Target.AtMost($"falls of the curves at {GridPoints} points a channel", Falls(byChannel), 0),
            ]);
    }

    private static IsotonicCalibrator Fit(DistortedChannels training, bool known) =>
        IsotonicCalibrator.Fit(training.Logits, DistortedChannels.Feature(training.Channels, known), training.Labels);

    private static FeatureTable Numeric(DistortedChannels rows) => new([FeatureColumn.Numeric("log odds", rows.Logits)]);

    private static double Error(DistortedChannels rows, float[] probabilities) => Enumerable.Range(0, DistortedChannels.Count).Average(channel =>
    {
        int[] own = Rows(rows, channel);
        float[] predicted = [.. own.Select(row => probabilities[row])], labels = [.. own.Select(row => rows.Labels[row])];
        return BinaryMetrics.Compute(predicted, labels).ExpectedCalibrationError;
    });

    private static double ObservedOverExpected(DistortedChannels rows, float[] probabilities, int channel)
    {
        int[] own = Rows(rows, channel);
        return own.Sum(row => (double)rows.Labels[row]) / own.Sum(row => (double)probabilities[row]);
    }

    private static int Falls(IsotonicCalibrator calibrator)
    {
        float[] grid = [.. Enumerable.Range(0, GridPoints).Select(point => -8f + 16f * point / (GridPoints - 1))];
        return Enumerable.Range(0, DistortedChannels.Count).Sum(channel =>
        {
            float[] curve = calibrator.Apply(grid, DistortedChannels.Feature(Enumerable.Repeat(channel, GridPoints), true));
            return curve.Zip(curve.Skip(1)).Count(pair => pair.Second < pair.First);
        });
    }

    private static int[] Rows(DistortedChannels rows, int channel) =>
        [.. Enumerable.Range(0, rows.Channels.Length).Where(row => rows.Channels[row] == channel)];
}
