namespace Noah.Experimentation.OffPolicy;

/// <summary>What a log says about the mean reward per unit under a target policy.</summary>
/// <param name="Status">Whether the estimates may be used.</param>
/// <param name="Units">Number of logged units.</param>
/// <param name="Ips">Inverse propensity estimate; unbiased, noisy. Null where overlap is missing.</param>
/// <param name="SelfNormalizedIps">Weighted mean of rewards; invariant to a shift of the reward, bias of order 1/n.</param>
/// <param name="DoublyRobust">Prediction plus weighted residual; null also without predictions.</param>
/// <param name="EffectiveSampleSize">(Σw)² / Σw² in units; 0 when no logged decision agrees with the target.</param>
/// <param name="MeanWeight">Mean weight; 1 in expectation, so a value far from 1 tells of wrong propensities or lacking support.</param>
/// <param name="MaximumWeight">Largest weight of a unit; weights are not clipped.</param>
/// <param name="UnsupportedShare">Share of the target's probability on actions that the log cannot hold, in [0, 1].</param>
public sealed record PolicyEvaluation(
    OverlapStatus Status,
    int Units,
    PolicyEstimate? Ips,
    PolicyEstimate? SelfNormalizedIps,
    PolicyEstimate? DoublyRobust,
    double EffectiveSampleSize,
    double MeanWeight,
    double MaximumWeight,
    double UnsupportedShare)
{
    /// <summary>Mean prediction under the target: no more right than the model; null without predictions or where overlap is missing.</summary>
    public PolicyEstimate? DirectMethod { get; init; }

    /// <summary>Doubly robust up to <see cref="SwitchWeight"/>, prediction alone beyond (Wang, Agarwal and Dudík 2017).</summary>
    public PolicyEstimate? SwitchDoublyRobust { get; init; }

    /// <summary>Weight beyond which the prediction alone counts; null without predictions.</summary>
    public double? SwitchWeight { get; init; }
}
