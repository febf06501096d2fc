using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Mann–Whitney U with the tie correction of the null variance. Without that correction zero-inflated data, where nearly all pairs
/// tie, give a test of almost no power. The effect's interval uses the placement variance (DeLong et al. 1988; Hoeffding's
/// projection), not the null variance, which is no standard error of the effect.
/// </summary>
public static class MannWhitneyTest
{
    /// <summary>Compares zero-inflated samples; all zeros are one tie block, so the cost is O(n₊).</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <param name="permutation">When p comes from permutations; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence or an option is outside its range.</exception>
    public static MannWhitneyResult Compare(
        ZeroInflatedSample treatment, ZeroInflatedSample control, double confidence = 0.95, PermutationOptions? permutation = null)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        permutation ??= new PermutationOptions();
        permutation.Check();
        var result = Compare(treatment.Positives, treatment.Zeros, control.Positives, control.Zeros, confidence);
        if (result.PValue is null || Math.Min(treatment.PositiveCount, control.PositiveCount) >= permutation.PermuteBelowPositives)
        {
            return result;
        }

        // Pairs of a positive and a zero are decided by the counts alone.
        double n1 = treatment.Count, n0 = control.Count;
        double Centred(double m1, double m0, RankComparison? ranks) =>
            (m1 * m0 * ((ranks?.Superiority ?? 0.5) - 0.5)) + (((m1 * (n0 - m0)) - ((n1 - m1) * m0)) / 2);
        var p = ZeroInflatedPermutation.PValue(
            treatment, control, (result.Superiority!.Value - 0.5) * n1 * n0, permutation.Permutations, permutation.Seed, Centred);
        return result with { PValue = p, Source = PValueSource.Permutation };
    }

    /// <summary>Compares continuous samples.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static MannWhitneyResult Compare(ContinuousSample treatment, ContinuousSample control, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return Compare(treatment.Values, 0, control.Values, 0, confidence);
    }

    internal static MannWhitneyResult Compare(
        ReadOnlySpan<double> treatment,
        long treatmentZeros,
        ReadOnlySpan<double> control,
        long controlZeros,
        double confidence)
    {
        Require.OpenUnit(confidence);
        double n1 = treatment.Length + treatmentZeros;
        double n0 = control.Length + controlZeros;
        if (n1 == 0 || n0 == 0)
        {
            return new MannWhitneyResult(TestStatus.TooFewObservations, null, null, null, null, null);
        }

        var ranks = RankComparison.Of(treatment, control, treatmentZeros, controlZeros);
        double? standardError = ranks.PlacementVariance is { } variance ? Math.Sqrt(variance) : null;
        var deviation = ranks.NullDeviation(n1, n0);
        if (deviation <= 0)
        {
            return new MannWhitneyResult(TestStatus.NoVariation, null, null, ranks.Superiority, standardError, null);
        }

        var z = (ranks.Superiority - 0.5) / deviation;
        return new MannWhitneyResult(
            TestStatus.Computed,
            z,
            Tails.NormalTwoSided(z),
            ranks.Superiority,
            standardError,
            LogitInterval(ranks.Superiority, standardError, confidence));
    }

    internal static Interval? LogitInterval(double superiority, double? standardError, double confidence)
    {
        if (standardError is not { } error || superiority <= 0 || superiority >= 1)
        {
            return null;
        }

        var logit = Math.Log(superiority / (1 - superiority));
        var half = Tails.NormalCritical(confidence) * error / (superiority * (1 - superiority));
        return new Interval(1 / (1 + Math.Exp(half - logit)), 1 / (1 + Math.Exp(-half - logit)));
    }
}
