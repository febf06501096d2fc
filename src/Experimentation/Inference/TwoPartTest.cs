using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Lachenbruch's two-part test (2001): adds the squares of the participation statistic and of the rank statistic of the positives.
/// The strongest choice when only the amount moves, or when participation and amount move in opposite directions. The amounts of
/// those who buy compare different people in each arm: read that part as a description, not as an effect on a fixed group.
/// </summary>
public static class TwoPartTest
{
    /// <summary>Compares two zero-inflated samples.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="confidence">Confidence of the intervals in (0, 1); default 0.95.</param>
    /// <param name="permutation">When the joint p comes from permutations; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence or an option is outside its range.</exception>
    public static TwoPartResult Compare(
        ZeroInflatedSample treatment, ZeroInflatedSample control, double confidence = 0.95, PermutationOptions? permutation = null)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        permutation ??= new PermutationOptions();
        permutation.Check();
        var participation = ProportionTest.Compare(
            treatment.PositiveCount, treatment.Count, control.PositiveCount, control.Count, confidence);
        var amount = WelchTest.Compare(treatment.PositiveMoments, control.PositiveMoments, confidence);
        var ranks = MannWhitneyTest.Compare(treatment.Positives, 0, control.Positives, 0, confidence);

        var parts = (participation.Statistic is null ? 0 : 1) + (ranks.Statistic is null ? 0 : 1);
        if (parts == 0)
        {
            var status = participation.Status == TestStatus.TooFewObservations ? TestStatus.TooFewObservations : TestStatus.NoVariation;
            return new TwoPartResult(status, null, null, null, participation, amount, ranks);
        }

        double rateZ = participation.Statistic ?? 0, amountZ = ranks.Statistic ?? 0;
        var chiSquare = (rateZ * rateZ) + (amountZ * amountZ);
        var permute = Math.Min(treatment.PositiveCount, control.PositiveCount) < permutation.PermuteBelowPositives;
        return new TwoPartResult(
            TestStatus.Computed,
            chiSquare,
            parts,
            permute ? PermutedP(treatment, control, chiSquare, permutation) : Tails.ChiSquareUpper(chiSquare, parts),
            participation,
            amount,
            ranks,
            permute ? PValueSource.Permutation : PValueSource.Normal);
    }

    private static double PermutedP(ZeroInflatedSample treatment, ZeroInflatedSample control, double chiSquare, PermutationOptions options) =>
        ZeroInflatedPermutation.PValue(treatment, control, chiSquare, options.Permutations, options.Seed, (m1, m0, ranks) =>
        {
            var deviation = ProportionTest.PooledDeviation((long)m1, treatment.Count, (long)m0, control.Count);
            var rateZ = deviation > 0 ? ((m1 / treatment.Count) - (m0 / control.Count)) / deviation : 0;
            var amountDeviation = ranks?.NullDeviation(m1, m0) ?? 0;
            var amountZ = amountDeviation > 0 ? (ranks!.Value.Superiority - 0.5) / amountDeviation : 0;
            return (rateZ * rateZ) + (amountZ * amountZ);
        });
}
