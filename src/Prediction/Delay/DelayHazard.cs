using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Delay;

/// <summary>
/// Piecewise constant hazards (Friedman 1982, "Piecewise exponential models for survival data with covariates"; Chapelle 2014 for delayed
/// feedback, whose one exponential is too short-tailed for conversions). Output b is the logarithm of the whole bucket's cumulative hazard.
/// Rows still under way count with what has been seen of them, which makes neither non-converters of them nor leaves the newest out.
/// </summary>
internal static class DelayHazard
{
    private const double MostLogHazard = 5;
    private static readonly Scalar Highest = MostLogHazard;

    /// <param name="outputs">(batch, buckets).</param>
    /// <param name="labels">(batch, 2 × buckets): exposures, then conversions.</param>
    /// <returns>Mean over rows of the negative log likelihood, up to a constant; a scalar.</returns>
    public static Tensor Loss(Tensor outputs, Tensor labels)
    {
        long buckets = outputs.shape[1];
        var logHazard = outputs.clamp(max: Highest); // (batch, buckets)
        var cost = (labels.narrow(1, 0, buckets) * logHazard.exp()).Minus(labels.narrow(1, buckets, buckets) * logHazard);
        return cost.sum(1).mean();
    }

    public static double Read(float output) => Math.Exp(Math.Min(output, MostLogHazard));
}
