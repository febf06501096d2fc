namespace Noah.Prediction.Lifetime;

/// <summary>By how much one score ranks amounts better than another, on resamples of the same rows.</summary>
internal sealed class GiniComparison
{
    private readonly float[] _amounts;
    private readonly int[][] _byAmount;

    public GiniComparison(float[] amounts)
    {
        _amounts = amounts;
        _byAmount = Ties(amounts);
    }

    /// <summary>Difference of the normalised Gini, first less second, and its 95 % percentile interval.</summary>
    public (double Difference, double Lower, double Upper) Compare(float[] first, float[] second, int resamples, ulong seed)
    {
        int[][] ofFirst = Ties(first), ofSecond = Ties(second);
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        int rows = _amounts.Length;
        var counts = new int[rows];
        var differences = new List<double>(resamples);
        for (int resample = 0; resample < resamples; resample++)
        {
            Array.Clear(counts);
            for (int draw = 0; draw < rows; draw++)
            {
                counts[random.Next(rows)]++;
            }
            double best = Gini(_byAmount, counts);
            if (best > 0)
            {
                differences.Add((Gini(ofFirst, counts) - Gini(ofSecond, counts)) / best);
            }
        }
        Array.Fill(counts, 1);
        double difference = (Gini(ofFirst, counts) - Gini(ofSecond, counts)) / Gini(_byAmount, counts);
        differences.Sort();
        return (difference, At(0.025), At(0.975));

        double At(double quantile) => differences.Count == 0 ? difference : differences[(int)Math.Round(quantile * (differences.Count - 1))];
    }

    /// <summary>Rows of equal score, the highest first.</summary>
    private static int[][] Ties(float[] scores) =>
        [.. Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(group => group.Key).Select(group => group.ToArray())];

    private double Gini(int[][] groups, int[] counts)
    {
        double before = 0, area = 0;
        long rows = 0;
        foreach (int[] group in groups)
        {
            double tied = 0;
            int count = 0;
            foreach (int row in group)
            {
                tied += counts[row] * (double)_amounts[row];
                count += counts[row];
            }
            area += count * (before + tied / 2);
            before += tied;
            rows += count;
        }
        return before > 0 ? 2 * area / (before * rows) - 1 : 0;
    }
}
