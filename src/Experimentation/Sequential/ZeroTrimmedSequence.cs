using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Looks at the zero-trimmed U. Its two parts are a difference of rates and a rank statistic of the positives. Both are asymptotically sums
/// of independent terms per unit (Hájek's projection for the ranks), uncorrelated with each other, and their weights depend on the
/// common rate alone; so √v · Z is asymptotically Brownian in v = n₁n₀ / (n₁ + n₀) and the boundary for Brownian scores holds for it.
/// </summary>
/// <remarks>The superiority's interval is the test's own with the critical value of the look. No permutations: their p holds at one look only.</remarks>
public static class ZeroTrimmedSequence
{
    // Beyond eight standard errors an interval says nothing that the range [0, 1] does not.
    private const double WidestCritical = 8;

    /// <summary>Looks at the superiority P(treatment &gt; control) + ½ P(equal) of the trimmed population; ½ is no difference.</summary>
    /// <param name="treatment">All units of the treatment so far.</param>
    /// <param name="control">All units of the control so far.</param>
    /// <param name="plan">What was fixed before the first look.</param>
    public static SequentialLook Look(ZeroInflatedSample treatment, ZeroInflatedSample control, SequentialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(plan);
        if (Math.Min(treatment.PositiveCount, control.PositiveCount) < plan.FewestPositives)
        {
            return SequentialLook.Closed(SequentialStatus.BurnIn);
        }

        var critical = plan.Critical(treatment.Count, control.Count);
        var shown = critical < WidestCritical;
        var result = ZeroTrimmedUTest.Compare(treatment, control, new ZeroTrimmedUOptions
        {
            PermuteBelowPositives = 0,
            Confidence = shown ? 1 - Tails.NormalTwoSided(critical) : plan.Confidence,
        });
        return result.Statistic is { } z
            ? plan.Look(treatment.Count, control.Count, result.Superiority, z, critical, shown ? result.Interval : new Interval(0, 1))
            : SequentialLook.Closed(SequentialStatus.NoVariation);
    }
}
