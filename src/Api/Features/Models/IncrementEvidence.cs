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
        + "it does not, but no learner's calibration slope has an interval above 0 (95 % for all of them together), and the applied slope is 0. 'individual': a learner's has, and the "
        + "simplest of these whose Qini is within one standard error of the best predicts the increment; the applied slope is the "
        + "estimated one times 1 − (standard error / slope)², at most 1. All of this is decided on the training half.";

    /// <summary>The increment of one member by the rule above.</summary>
    public static double Calibrate(CardIncrement increment, double predicted) => increment.Evidence == None
        ? 0
        : increment.AverageEffect + (increment.AppliedSlope * (predicted - increment.MeanPredictedIncrement));

    public static double Shrink(PolicyEstimate slope) =>
        Math.Min(1, slope.Value * (1 - (slope.StandardError * slope.StandardError / (slope.Value * slope.Value))));

    /// <summary>Mean increment that the value network predicts for the rows of a job.</summary>
    public static double MeanIncrement(this ValueModel network, TrainerJob job, int action) =>
        network.Predict(job.Features, action).Average(prediction => prediction.Mean) - network.Predict(job.Features, 0).Average(prediction => prediction.Mean);
}
