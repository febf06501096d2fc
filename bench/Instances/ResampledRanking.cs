namespace Noah.Bench.Instances;

/// <summary>
/// Normalised Gini and Spearman's correlation of one score on resamples of the same rows. What must be sorted is sorted once; a resample, given
/// as how often each row is in it, costs one pass.
/// </summary>
internal sealed class ResampledRanking
{
    private readonly float[] _amounts;
    private readonly int[][] _byScore, _byAmount;

    public ResampledRanking(float[] scores, float[] amounts)
    {
        _amounts = amounts;
        _byScore = Ties(scores);
        _byAmount = Ties(amounts);
    }

    public double NormalisedGini(int[] counts) => Gini(_byScore, counts) / Gini(_byAmount, counts);

    public double Spearman(int[] counts)
    {
        double[] first = MidRanks(_byScore, counts), second = MidRanks(_byAmount, counts);
        var rows = counts.Sum();
        double mean = (rows + 1) / 2.0, covariance = 0, varianceA = 0, varianceB = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            covariance += counts[i] * (first[i] - mean) * (second[i] - mean);
            varianceA += counts[i] * (first[i] - mean) * (first[i] - mean);
            varianceB += counts[i] * (second[i] - mean) * (second[i] - mean);
        }
        return covariance / Math.Sqrt(varianceA * varianceB);
    }

    /// <summary>Groups of equal values, rising.</summary>
    private static int[][] Ties(float[] values) =>
        [.. Enumerable.Range(0, values.Length).GroupBy(i => values[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];

    private static double[] MidRanks(int[][] groups, int[] counts)
    {
        var ranks = new double[counts.Length];
        var before = 0;
        foreach (var group in groups)
        {
            var tied = group.Sum(i => counts[i]);
            foreach (var i in group)
            {
                ranks[i] = before + (tied + 1) / 2.0;
            }
            before += tied;
        }
        return ranks;
    }

    private double Gini(int[][] groups, int[] counts)
    {
        double sum = 0, area = 0;
        var rows = 0;
        for (var g = groups.Length - 1; g >= 0; g--)
        {
            double tied = 0;
            var count = 0;
            foreach (var i in groups[g])
            {
                tied += counts[i] * (double)_amounts[i];
                count += counts[i];
            }
            area += count * (sum + tied / 2);
            sum += tied;
            rows += count;
        }
        return 2 * area / (sum * rows) - 1;
    }
}
