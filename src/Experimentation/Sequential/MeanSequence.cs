using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Confidence sequence of a difference of means with estimated variances: estimate ± critical(v) · SE at every look, where the boundary
/// is that of <see cref="SequentialBoundary"/> for half of 1 − confidence a side (asymptotic in the sense of Waudby-Smith et al., 2024).
/// </summary>
/// <remarks>
/// An arm's variance is the larger of its own and of both arms pooled. Rare heavy-tailed amounts need it: an arm that has not met its
/// large values yet has a small mean and a small variance together, and looks surer than it is. Equal arms lose nothing to
/// first order; arms whose variances differ four times get intervals 14 % wider than need be.
/// </remarks>
public static class MeanSequence
{
    private const int FewestUnits = 10;

    // Skewness of an arm's own mean. Without it 9 % of experiments whose amounts have sigma 2.5 missed a lift's truth at 95 %, with it 4 %.
    private const double ArmSkewnessLimit = 0.4;

    /// <summary>Looks at the difference treatment minus control.</summary>
    /// <param name="treatment">All units of the treatment so far.</param>
    /// <param name="control">All units of the control so far; the same kind.</param>
    /// <param name="plan">What was fixed before the first look.</param>
    /// <exception cref="ArgumentException">The samples are of different kinds.</exception>
    public static SequentialLook Look(MetricSample treatment, MetricSample control, SequentialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(plan);
        if (treatment.Kind != control.Kind)
        {
            throw new ArgumentException($"Must be of kind {treatment.Kind} like the treatment.", nameof(control));
        }

        if (Math.Min(treatment.Count, control.Count) < FewestUnits
            || Math.Min(Positives(treatment), Positives(control)) < plan.FewestPositives
            || MeanSkewness.Of(treatment, control) is not { } skewness || Math.Abs(skewness) > plan.SkewnessLimit
            || Math.Abs(ArmSkewness.OfMean(treatment) ?? 0) > ArmSkewnessLimit
            || Math.Abs(ArmSkewness.OfMean(control) ?? 0) > ArmSkewnessLimit)
        {
            return SequentialLook.Closed(SequentialStatus.BurnIn);
        }

        return Look(treatment.Moments, control.Moments, plan);
    }

    /// <summary>The look without burn-in beyond ten units an arm: for values whose skewness is known to be small.</summary>
    /// <param name="treatment">Moments of all units of the treatment so far.</param>
    /// <param name="control">Moments of all units of the control so far.</param>
    /// <param name="plan">What was fixed before the first look.</param>
    public static SequentialLook Look(Moments treatment, Moments control, SequentialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Math.Min(treatment.Count, control.Count) < FewestUnits)
        {
            return SequentialLook.Closed(SequentialStatus.BurnIn);
        }

        double n1 = treatment.Count, n0 = control.Count;
        var pooled = (treatment.M2 + control.M2) / (n1 + n0 - 2);
        var variance = (Math.Max(treatment.Variance!.Value, pooled) / n1) + (Math.Max(control.Variance!.Value, pooled) / n0);
        return variance > 0
            ? plan.Look(n1, n0, treatment.Mean - control.Mean, Math.Sqrt(variance))
            : SequentialLook.Closed(SequentialStatus.NoVariation);
    }

    private static long Positives(MetricSample sample) => sample switch
    {
        BinarySample binary => Math.Min(binary.Successes, binary.Count - binary.Successes),
        ZeroInflatedSample amounts => amounts.PositiveCount,
        _ => long.MaxValue,
    };
}
