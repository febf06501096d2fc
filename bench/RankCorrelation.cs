namespace Noah.Bench;

/// <summary>Spearman's rank correlation; ties share the mean of their ranks.</summary>
internal static class RankCorrelation
{
    /// <returns>In [−1, 1]; NaN where one side does not vary.</returns>
    public static double Of(double[] first, double[] second)
    {
        double[] a = MidRanks(first), b = MidRanks(second);
        var mean = (a.Length + 1) / 2.0;
        double covariance = 0, varianceA = 0, varianceB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            covariance += (a[i] - mean) * (b[i] - mean);
            varianceA += (a[i] - mean) * (a[i] - mean);
            varianceB += (b[i] - mean) * (b[i] - mean);
        }
        return covariance / Math.Sqrt(varianceA * varianceB);
    }

    private static double[] MidRanks(double[] values)
    {
        var sorted = (double[])values.Clone();
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && sorted[end] == sorted[start]; end++)
            {
            }
            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
        }
        return ranks;
    }
}
