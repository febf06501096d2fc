using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Permutation p of a statistic of zero-inflated samples. Zeros are alike, so only the labels of the positives are drawn, in sorted order and without
/// replacement: one permutation costs O(N₊) however many zeros there are.
/// </summary>
internal static class ZeroInflatedPermutation
{
    /// <summary>Statistic of a split of the positives; only its magnitude counts.</summary>
    /// <param name="positives1">Positives in the treatment arm.</param>
    /// <param name="positives0">Positives in the control arm.</param>
    /// <param name="ranks">Comparison of the positives; null where an arm has none.</param>
    internal delegate double Statistic(double positives1, double positives0, RankComparison? ranks);

    internal static double PValue(
        ZeroInflatedSample treatment, ZeroInflatedSample control, double observed, int permutations, ulong seed, Statistic statistic)
    {
        var ranks = MidRanks(treatment.Positives, control.Positives, out var tieSum);
        var random = new SplitMix64(seed);

        // Permutations equal to the observed split up to rounding count as extreme.
        var threshold = Math.Abs(observed) * (1 - 1e-9);
        var extreme = 0;
        for (var round = 0; round < permutations; round++)
        {
            double slots = treatment.Count, units = treatment.Count + control.Count, rankSum = 0, m1 = 0;
            foreach (var rank in ranks)
            {
                if (random.NextDouble() * units < slots)
                {
                    slots--;
                    m1++;
                    rankSum += rank;
                }

                units--;
            }

            var m0 = ranks.Length - m1;
            RankComparison? comparison = m1 > 0 && m0 > 0
                ? new RankComparison((rankSum - (m1 * (m1 + 1) / 2)) / (m1 * m0), tieSum, null)
                : null;
            extreme += Math.Abs(statistic(m1, m0, comparison)) >= threshold ? 1 : 0;
        }

        return (extreme + 1.0) / (permutations + 1.0);
    }

    private static double[] MidRanks(ReadOnlySpan<double> treatment, ReadOnlySpan<double> control, out double tieSum)
    {
        double[] all = [.. treatment, .. control];
        Array.Sort(all);
        var ranks = new double[all.Length];
        tieSum = 0;
        for (int first = 0, next; first < all.Length; first = next)
        {
            for (next = first + 1; next < all.Length && all[next] == all[first]; next++)
            {
            }

            double ties = next - first;
            tieSum += ((ties * ties) - 1) * ties;
            ranks.AsSpan(first, next - first).Fill((first + next + 1) / 2.0);
        }

        return ranks;
    }
}
