using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.MeanValue;

/// <summary>
/// The test that decides about money: the difference of mean values a unit with an interval from the permutation law of Welch's t (Janssen 1997;
/// Chung and Romano 2013). Where both arms have one law its coverage is exact in any sample, rare heavy-tailed amounts and unequal arms
/// included; where they differ it is right in large samples, as Welch's is, and the permutation law brings the skewness that Student's t lacks.
/// </summary>
/// <remarks>
/// A sample cannot show values that it does not hold. Where a handful of buyers carries the difference the result says so
/// (<see cref="MeanValueStatus.TooFewBuyers"/>) and must not be acted on.
/// </remarks>
public static class MeanValueTest
{
    /// <summary>Compares the mean values of two arms.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static MeanValueResult Compare(ValueSummary treatment, ValueSummary control, MeanValueOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        options ??= new MeanValueOptions();
        Require.AtLeast(options.Permutations, 99, nameof(options.Permutations));
        if (!(options.LeastEffectiveBuyers >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.LeastEffectiveBuyers, "LeastEffectiveBuyers must be at least 0.");
        }

        var buyers = Math.Min(treatment.EffectiveBuyers, control.EffectiveBuyers);
        var welch = WelchTest.Compare(treatment.Moments, control.Moments, options.Confidence);
        if (welch.StandardError is not { } error || welch.Difference is not { } gross)
        {
            var status = welch.Status == TestStatus.NoVariation ? MeanValueStatus.NoVariation : MeanValueStatus.TooFewObservations;
            return new MeanValueResult(status, welch.Difference - options.CostDifference, null, null, null, null, buyers);
        }

        var difference = gross - options.CostDifference;
        var statistic = difference / error;
        var pooled = treatment.Merge(control);
        var law = PermutationLaw.Draw(pooled.Largest, pooled.Rest, treatment.Count, control.Count, options.Permutations, options.Seed);
        var tail = Math.Max(1, (int)Math.Round((options.Permutations + 1) * (1 - options.Confidence) / 2));
        var interval = new Interval(difference - (law[^tail] * error), difference - (law[tail - 1] * error));
        var bounded = double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper);
        return new MeanValueResult(
            bounded && buyers >= options.LeastEffectiveBuyers ? MeanValueStatus.Computed : MeanValueStatus.TooFewBuyers,
            difference,
            error,
            statistic,
            PValue(law, statistic),
            bounded ? interval : null,
            buyers);
    }

    private static double PValue(double[] law, double statistic)
    {
        // Equal up to rounding counts as extreme on both sides.
        var slack = 1e-9 * Math.Abs(statistic);
        int below = 0, above = 0;
        foreach (var t in law)
        {
            below += t <= statistic + slack ? 1 : 0;
            above += t >= statistic - slack ? 1 : 0;
        }

        return Math.Min(1, 2 * (Math.Min(below, above) + 1.0) / (law.Length + 1.0));
    }
}
