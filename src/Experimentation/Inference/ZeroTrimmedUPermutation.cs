using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Permutation p of the zero-trimmed U. Zeros are alike, so only the labels of the positives are drawn, in sorted order and without
/// replacement: one permutation costs O(N₊) however many zeros there are.
/// </summary>
internal static class ZeroTrimmedUPermutation
{
    internal static double PValue(ZeroInflatedSample treatment, ZeroInflatedSample control, double observed, ZeroTrimmedUOptions options)
    {
        var ranks = MidRanks(treatment.Positives, control.Positives, out var tieSum);
        var random = new SplitMix64(options.Seed);

        // Permutations equal to the observed split up to rounding count as extreme.
        var threshold = Math.Abs(observed) * (1 - 1e-9);
        var extreme = 0;
        for (var round = 0; round < options.Permutations; round++)
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
            var (w, participation, amount) = ZeroTrimmedUTest.Pooled(treatment.Count, control.Count, m1, m0, comparison);
            extreme += Math.Abs(w) >= threshold * Math.Sqrt(participation + amount) ? 1 : 0;
        }

        return (extreme + 1.0) / (options.Permutations + 1.0);
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
