using Noah.Prediction.Features;

namespace Noah.Prediction.Attribution;

/// <summary>
/// Shapley values of the features of a row by sampled orders (Castro, Gómez, Tejada 2009; Štrumbelj and Kononenko 2014): features go over
/// from a reference row to the row one after the other, and each is credited with what its step changes, averaged over orders. Every order
/// goes the whole way, so that contributions add up to score − baseline whatever their number. Orders come in pairs, one the reverse of the
/// other (Mitchell, Cooper, Frank, Holmes 2022): a product of two features is then split exactly.
/// </summary>
/// <remarks>
/// Features change in the table, before they are encoded: all that the encoder makes of a feature (marks of the missing, codes of several
/// columns) moves together.
/// </remarks>
internal static class ShapleySampler
{
    // Scores asked for at once: enough to keep vectors full, few enough for the cache.
    private const int MostRowsAtOnce = 16_384;

    /// <param name="table">Rows to explain.</param>
    /// <param name="schema">The features that scores read; others are passed over.</param>
    /// <param name="top">Contributions to name of each row, at least 1.</param>
    /// <param name="options">Checked.</param>
    /// <param name="score">Scores of rows, each by itself.</param>
    /// <returns>[rows]; of one row the same whatever rows stand beside it.</returns>
    public static Explanation[] Explain(
        FeatureTable table, IReadOnlyList<FeatureSpec> schema, int top, ExplanationOptions options, Func<FeatureTable, double[]> score)
    {
        FeatureColumn[] own = [.. schema.Select(table.Column)];
        FeatureColumn[] reference = [.. schema.Select(spec => options.Reference?.Column(spec) ?? ColumnJoin.Missing(spec))];
        FeatureColumn[] joined = [.. own.Zip(reference, ColumnJoin.Of)];
        int features = schema.Count, pairs = options.Permutations / 2, references = reference[0].Rows;
        int[][] orders = Orders(features, pairs, options.Seed);
        // A path from the reference to the row has features + 1 scores, the first and the last of them known from its ends.
        int steps = features - 1, rowsEach = (orders.Length * steps) + pairs + 1, atOnce = Math.Max(1, MostRowsAtOnce / rowsEach);
        var explanations = new Explanation[table.Rows];
        for (int first = 0; first < table.Rows; first += atOnce)
        {
            int count = Math.Min(atOnce, table.Rows - first);
            double[] scores = score(Paths(joined, table.Rows, references, orders, first, count));
            for (int i = 0; i < count; i++)
            {
                explanations[first + i] = Summarize(scores.AsSpan(i * rowsEach, rowsEach), orders, own, first + i, top);
            }
        }
        return explanations;
    }

    /// <summary>Random orders, each followed by its reverse.</summary>
    private static int[][] Orders(int features, int pairs, ulong seed)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        var orders = new int[2 * pairs][];
        for (int pair = 0; pair < pairs; pair++)
        {
            int[] order = [.. Enumerable.Range(0, features)];
            random.Shuffle(order);
            orders[2 * pair] = order;
            orders[(2 * pair) + 1] = [.. order.Reverse()];
        }
        return orders;
    }

    /// <summary>For each row itself, the reference row of each pair, and the steps between them, order by order.</summary>
    private static FeatureTable Paths(FeatureColumn[] joined, int rows, int references, int[][] orders, int first, int count)
    {
        int features = joined.Length, pairs = orders.Length / 2;
        int[][] picked = [.. joined.Select(_ => new int[count * ((orders.Length * (features - 1)) + pairs + 1)])];
        int at = 0;
        for (int row = first; row < first + count; row++)
        {
            Put(row);
            for (int pair = 0; pair < pairs; pair++)
            {
                Put(rows + ReferenceOf(pair));
            }
            for (int o = 0; o < orders.Length; o++)
            {
                for (int changed = 1; changed < features; changed++)
                {
                    for (int position = 0; position < features; position++)
                    {
                        picked[orders[o][position]][at] = position < changed ? row : rows + ReferenceOf(o / 2);
                    }
                    at++;
                }
            }
        }
        return new FeatureTable([.. joined.Select((column, f) => column.Select(picked[f]))]);

        // Of many rows some from all over, as a table may be sorted.
        int ReferenceOf(int pair) => references > pairs ? (int)((long)pair * references / pairs) : pair % references;

        void Put(int source)
        {
            foreach (int[] column in picked)
            {
                column[at] = source;
            }
            at++;
        }
    }

    private static Explanation Summarize(ReadOnlySpan<double> scores, int[][] orders, FeatureColumn[] own, int row, int top)
    {
        int features = own.Length, pairs = orders.Length / 2, at = 1 + pairs;
        double score = scores[0], baseline = 0;
        var contributions = new double[features];
        for (int o = 0; o < orders.Length; o++)
        {
            double before = scores[1 + (o / 2)];
            baseline += before / orders.Length;
            for (int position = 0; position < features; position++)
            {
                double after = position < features - 1 ? scores[at++] : score;
                contributions[orders[o][position]] += (after - before) / orders.Length;
                before = after;
            }
        }
        int[] ranked = [.. Enumerable.Range(0, features).OrderByDescending(f => Math.Abs(contributions[f]))];
        return new Explanation(
            baseline, score,
            [.. ranked.Take(top).Select(f => new FeatureContribution(own[f].Spec.Name, ColumnJoin.Text(own[f], row), contributions[f]))],
            ranked.Skip(top).Sum(f => contributions[f]));
    }
}
