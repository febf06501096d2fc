using Noah.Api.Features.Models.Trainer;
using Noah.Experimentation.OffPolicy;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>
/// How far predicted increments may be believed. Every training member is judged by a model of the other fold, so no figure here is
/// flattered by memory, and the held-out half is not touched.
/// </summary>
internal static class IncrementEvidence
{
    public const string None = "none";
    public const string Average = "average";
    public const string Individual = "individual";

    public const string Rule =
        "increment = average effect + applied slope × (predicted increment − its mean over the training members). The average effect is the doubly "
        + "robust estimate with two-fold cross-fitting inside the training half. 'none': its 95 % interval contains 0, and the increment is 0. 'average': "
        + "it does not, but the calibration slope's 95 % interval reaches down to 0, and the applied slope is 0. 'individual': both are above 0; the applied slope is the "
        + "estimated one times 1 − (standard error / slope)², at most 1.";

    /// <summary>Weighs every action against the control.</summary>
    /// <param name="job">The training half.</param>
    /// <param name="model">Trained on all of it.</param>
    /// <param name="crossFitted">Predicted value [arm][row] by models that had not seen the row.</param>
    public static CardIncrement[] WeighAll(TrainerJob job, ValueModel model, double[][] crossFitted)
    {
        double[] means = [.. job.Actions.Select((_, arm) => model.Predict(job.Features, arm).Average(prediction => prediction.Mean))];
        return [.. Enumerable.Range(1, job.Terms.Arms.Count - 1).Select(arm => Weigh(arm, job, crossFitted, means[arm] - means[0]))];
    }

    private static CardIncrement Weigh(int action, TrainerJob job, double[][] crossFitted, double meanPredicted)
    {
        var arms = job.Terms.Arms;
        var outcomes = job.Outcomes[job.Terms.Value!];
        int[] rows = [.. Enumerable.Range(0, job.Rows).Where(row => job.Arms[row] == action || job.Arms[row] == 0)];
        var report = UpliftEvidence.Assess(new RandomizedOutcomes(
            rows.Select(row => job.Arms[row] == action).ToArray(),
            rows.Select(row => TreatmentShare(action, job.Arms[row], job.Propensities[row], arms)).ToArray(),
            rows.Select(row => (double)outcomes[row]).ToArray(),
            rows.Select(row => crossFitted[action][row] - crossFitted[0][row]).ToArray(),
            rows.Select(row => crossFitted[0][row]).ToArray()));
        if (report.AverageEffect is not { } effect)
        {
            return new CardIncrement(arms[action].Name, None, 0, 0, 0, 0, meanPredicted, []);
        }

        var evidence = effect.Interval.Contains(0) ? None : report.Verdict == UpliftVerdict.HeterogeneityFound ? Individual : Average;
        return new CardIncrement(
            arms[action].Name,
            evidence,
            effect.Value,
            effect.Interval.Lower,
            effect.Interval.Upper,
            evidence == Individual ? Shrink(report.CalibrationSlope!) : 0,
            meanPredicted,
            [.. report.Groups.Select(g => new CardUpliftGroup(g.Count, g.PredictedIncrement, g.Effect, g.Interval.Lower, g.Interval.Upper))],
            report.CalibrationSlope?.Value,
            report.CalibrationSlope?.StandardError);
    }

    /// <summary>The increment of one member by the rule above.</summary>
    public static double Calibrate(CardIncrement increment, double predicted) => increment.Evidence == None
        ? 0
        : increment.AverageEffect + (increment.AppliedSlope * (predicted - increment.MeanPredictedIncrement));

    private static double Shrink(PolicyEstimate slope) =>
        Math.Min(1, slope.Value * (1 - (slope.StandardError * slope.StandardError / (slope.Value * slope.Value))));

    /// <summary>
    /// Probability of the treatment among members who got it or the control. What is known per member is the probability of their own
    /// arm; the rest is divided among the other arms by their weights, which is exact for two arms and for equal propensities.
    /// </summary>
    private static double TreatmentShare(int action, int arm, double propensity, IReadOnlyList<TrainerArm> arms)
    {
        var other = arm == action ? 0 : action;
        var rest = (1 - propensity) * arms[other].Weight / (arms.Sum(a => a.Weight) - arms[arm].Weight);
        var own = propensity / (propensity + rest);
        return arm == action ? own : 1 - own;
    }
}
