namespace Noah.Optimization.Online;

/// <summary>Distances between two sorted samples.</summary>
internal static class ScoreDistances
{
    /// <summary>Population stability index over bins that hold equal shares of the first sample; edges that coincide merge their bins.</summary>
    public static double StabilityIndex(double[] before, double[] after, int bins)
    {
        double[] edges = [.. Enumerable.Range(1, bins - 1).Select(k => before[(((long)k * before.Length) + bins - 1) / bins - 1]).Distinct()];
        var (p, q) = (Counts(before, edges), Counts(after, edges));

        // An empty bin would make the index infinite; half a score in every bin is the usual correction.
        var correction = p.Contains(0) || q.Contains(0) ? 0.5 : 0;
        var index = 0.0;
        for (var bin = 0; bin < p.Length; bin++)
        {
            var expected = (p[bin] + correction) / (before.Length + (correction * p.Length));
            var actual = (q[bin] + correction) / (after.Length + (correction * p.Length));
            index += (actual - expected) * Math.Log(actual / expected);
        }

        return index;
    }

    /// <summary>Greatest difference of the two empirical distribution functions.</summary>
    public static double KolmogorovSmirnov(double[] before, double[] after)
    {
        var (i, j, distance) = (0, 0, 0.0);
        while (i < before.Length && j < after.Length)
        {
            var at = Math.Min(before[i], after[j]);
            while (i < before.Length && before[i] == at)
            {
                i++;
            }

            while (j < after.Length && after[j] == at)
            {
                j++;
            }

            distance = Math.Max(distance, Math.Abs(((double)i / before.Length) - ((double)j / after.Length)));
        }

        return distance;
    }

    /// <summary>P(K &gt; t) of Kolmogorov's limiting distribution: 2 Σ (−1)^(k−1) exp(−2 k² t²), or for small t its other series (Marsaglia, Tsang and
    /// Wang 2003), which converges there.</summary>
    public static double KolmogorovTail(double t)
    {
        const double Switch = 1.0;
        const int Terms = 8;
        if (t <= 0)
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = 1; k <= Terms; k++)
        {
            sum += t < Switch
                ? Math.Exp(-Math.Pow(((2 * k) - 1) * Math.PI / t, 2) / 8) * Math.Sqrt(2 * Math.PI) / t
                : 2 * (k % 2 == 1 ? 1 : -1) * Math.Exp(-2 * k * k * t * t);
        }

        return Math.Clamp(t < Switch ? 1 - sum : sum, 0, 1);
    }

    private static int[] Counts(double[] sorted, double[] edges)
    {
        var counts = new int[edges.Length + 1];
        var bin = 0;
        foreach (var score in sorted)
        {
            while (bin < edges.Length && score > edges[bin])
            {
                bin++;
            }

            counts[bin]++;
        }

        return counts;
    }
}
