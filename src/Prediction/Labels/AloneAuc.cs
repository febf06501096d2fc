using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;

namespace Noah.Prediction.Labels;

/// <summary>
/// The best AUC that one feature reaches alone: by the order of its numbers, by whether it is missing, and by outcome rates of its names or
/// of twenty groups of its numbers. Rates come from the other half of the rows, or a name that is seen once would tell its own outcome.
/// </summary>
internal static class AloneAuc
{
    private const int Groups = 20;

    public static double Of(FeatureColumn column, float[] outcomes)
    {
        int rows = outcomes.Length;
        float[] missing = [.. Enumerable.Range(0, rows).Select(row => IsMissing(column, row) ? 1f : 0f)];
        double best = Math.Max(Folded(missing, outcomes), ByRates(GroupsOf(column, missing), outcomes));
        if (column.Spec.Kind == FeatureKind.Numeric)
        {
            // Missing values stand below all others; the groups look at them as one of their own.
            float[] numbers = [.. Enumerable.Range(0, rows).Select(row => missing[row] == 1f ? float.NegativeInfinity : column.Numbers[row])];
            best = Math.Max(best, Folded(numbers, outcomes));
        }
        return best;
    }

    private static bool IsMissing(FeatureColumn column, int row) =>
        column.Spec.Kind == FeatureKind.Numeric ? float.IsNaN(column.Numbers[row]) : column.Names[row] is null;

    private static string[] GroupsOf(FeatureColumn column, float[] missing)
    {
        if (column.Spec.Kind == FeatureKind.Categorical)
        {
            return [.. Enumerable.Range(0, missing.Length).Select(row => column.Names[row] ?? "")];
        }
        double[] ranks = Ranking.MidRanks([.. Enumerable.Range(0, missing.Length).Select(row => missing[row] == 1f ? float.NegativeInfinity : column.Numbers[row])]);
        return [.. ranks.Select((rank, row) => missing[row] == 1f ? "" : $"{(int)((rank - 0.5) * Groups / ranks.Length)}")];
    }

    private static double ByRates(string[] groups, float[] outcomes)
    {
        double sum = 0;
        for (int half = 0; half < 2; half++)
        {
            var rates = new Dictionary<string, (double Rows, double Positives)>(StringComparer.Ordinal);
            double mean = 0;
            int learnt = 0;
            for (int row = 0; row < groups.Length; row++)
            {
                if (HalfOf(row) == half)
                {
                    continue;
                }
                var (rows, positives) = rates.GetValueOrDefault(groups[row]);
                rates[groups[row]] = (rows + 1, positives + outcomes[row]);
                mean += outcomes[row];
                learnt++;
            }
            mean /= Math.Max(1, learnt);
            int[] judged = [.. Enumerable.Range(0, groups.Length).Where(row => HalfOf(row) == half)];
            float[] scores = [.. judged.Select(row => rates.TryGetValue(groups[row], out var rate) ? (float)((rate.Positives + mean) / (rate.Rows + 1)) : (float)mean)];
            sum += Ranking.Auc(scores, [.. judged.Select(row => outcomes[row])]) ?? 0.5;
        }
        return sum / 2;
    }

    // Not every other row: a file may hold the two classes in turn.
    private static int HalfOf(int row) => (int)((uint)row * 2654435761u >> 31);

    private static double Folded(float[] scores, float[] outcomes)
    {
        double auc = Ranking.Auc(scores, outcomes) ?? 0.5;
        return Math.Max(auc, 1 - auc);
    }
}
