namespace Noah.Prediction.Evaluation;

/// <summary>Statistics of order. Ties share the mean of their ranks.</summary>
internal static class Ranking
{
    public static int[] Ascending(ReadOnlySpan<float> values)
    {
        var keys = values.ToArray();
        var order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        // The row number as second key makes the order, and with it every bin, repeatable.
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        return order;
    }

    public static double[] MidRanks(ReadOnlySpan<float> values)
    {
        int[] order = Ascending(values);
        var ranks = new double[order.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }
            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
        }
        return ranks;
    }

    public static double? Auc(ReadOnlySpan<float> scores, ReadOnlySpan<float> outcomes)
    {
        double[] ranks = MidRanks(scores);
        double rankSum = 0;
        long positives = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            if (outcomes[i] == 1f)
            {
                rankSum += ranks[i];
                positives++;
            }
        }
        long negatives = ranks.Length - positives;
        return positives == 0 || negatives == 0 ? null : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }

    public static double? Spearman(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double[] a = MidRanks(first), b = MidRanks(second);
        double mean = (a.Length + 1) / 2.0, covariance = 0, varianceA = 0, varianceB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            covariance += (a[i] - mean) * (b[i] - mean);
            varianceA += (a[i] - mean) * (a[i] - mean);
            varianceB += (b[i] - mean) * (b[i] - mean);
        }
        return varianceA == 0 || varianceB == 0 ? null : covariance / Math.Sqrt(varianceA * varianceB);
    }

    /// <summary>Gini coefficient of the amounts in falling order of the scores; tied scores spread their amounts evenly.</summary>
    public static double? Gini(ReadOnlySpan<float> scores, ReadOnlySpan<float> amounts)
    {
        int[] order = Ascending(scores);
        double total = 0, before = 0, area = 0;
        foreach (float amount in amounts)
        {
            total += amount;
        }
        if (total <= 0)
        {
            return null;
        }
        for (int end = order.Length - 1, start; end >= 0; end = start)
        {
            double tied = 0;
            for (start = end; start >= 0 && scores[order[start]] == scores[order[end]]; start--)
            {
                tied += amounts[order[start]];
            }
            area += (end - start) * (before + tied / 2);
            before += tied;
        }
        return 2 * area / (total * order.Length) - 1;
    }
}
