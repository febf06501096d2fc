using Noah.Prediction.Calibration;
using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Response;

/// <summary>What yes/no outcomes ask of a training: their labels, where outputs start, what is lowered, and the calibration at the end.</summary>
internal static class ResponseTargets
{
    /// <exception cref="ArgumentException">Not one array an outcome, or a label is not 0 or 1; the message names row and outcome.</exception>
    public static void RequireLabels(float[][] labels, ResponseOptions options)
    {
        if (labels.Length != options.Outcomes.Count)
        {
            throw new ArgumentException(
                $"There are labels for {labels.Length} outcomes; the options name {options.Outcomes.Count}.", nameof(labels));
        }
        for (int k = 0; k < labels.Length; k++)
        {
            int bad = Array.FindIndex(labels[k], y => y is not (0f or 1f));
            if (bad >= 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), labels[k][bad], $"The label of row {bad}, outcome '{options.Outcomes[k]}', must be 0 or 1.");
            }
        }
    }

    /// <summary>
    /// The log odds of each action's own rate, drawn to the common rate with the weight of one positive: [actions × outcomes].
    /// </summary>
    public static float[] StartOf(TrainingSet set, int[] rows, double[] rates)
    {
        var start = new List<float>();
        foreach (var ofAction in set.ByAction(rows))
        {
            start.AddRange(rates.Select((rate, k) =>
            {
                double positives = ofAction.Count(row => set.Labels[k][row] == 1f) + 1, own = positives / (ofAction.Length + 1 / rate);
                return (float)Math.Log(own / (1 - own));
            }));
        }
        return [.. start];
    }

    /// <summary>On the rows that a network has not seen; NaN marks the others.</summary>
    public static MonotoneCalibration Calibration(float[] probabilities, float[] labels)
    {
        int[] judged = [.. Enumerable.Range(0, labels.Length).Where(row => !float.IsNaN(probabilities[row]))];
        float[] scores = [.. judged.Select(row => probabilities[row])], outcomes = [.. judged.Select(row => labels[row])];
        // Without a positive among them there is no level to correct.
        return outcomes.Contains(1f)
            ? MonotoneCalibration.Fit(scores, outcomes, isProbability: true)
            : new MonotoneCalibration(CalibrationKind.Level, 1, [], [], true);
    }

    /// <summary>Cross entropy of the outcomes that vary, each over that of its base rate, so that a rare one weighs as much as a common one.</summary>
    /// <param name="varies">[outcomes] whether both labels occur; at least one does.</param>
    /// <param name="rates">[outcomes] base rates, in (0, 1).</param>
    public static BatchLoss LossOf(bool[] varies, double[] rates)
    {
        int learnt = varies.Count(v => v);
        double[] weights = [.. rates.Select((rate, k) =>
            varies[k] ? -1 / (rate * Math.Log(rate) + (1 - rate) * Math.Log(1 - rate)) / learnt : 0)];
        Scalar[] held = [.. weights.Select(weight => (Scalar)weight)];
        return (outputs, labels) =>
        {
            Tensor? sum = null;
            for (int k = 0; k < weights.Length; k++)
            {
                if (weights[k] > 0)
                {
                    var term = binary_cross_entropy_with_logits(outputs.select(1, k), labels.select(1, k)).mul(held[k]);
                    sum = sum is null ? term : sum.Plus(term);
                }
            }
            return sum!;
        };
    }
}
