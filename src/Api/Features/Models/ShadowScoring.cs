namespace Noah.Api.Features.Models;

/// <summary>Scores two versions on the same held-out members, under the actions that were really taken.</summary>
internal static class ShadowScoring
{
    private const double TwoSided95 = 1.959964;
    private const double LeastProbability = 1e-7;
    private const int Resamples = 200;

    public static ShadowComparison Compare(Predictors candidate, Predictors active, int activeNumber, TrainingData heldOut, ModelSpecification specification)
    {
        ShadowDifference[] responses = candidate.Response is { } mine && active.Response is { } theirs
            ? [.. specification.Responses.Select((name, outcome) => LogLoss(
                name,
                mine.Predict(heldOut.Features, heldOut.Arms, outcome),
                theirs.Predict(heldOut.Features, heldOut.Arms, outcome),
                heldOut.Outcomes[name]))]
            : [];
        var value = candidate.Value is { } amounts && active.Value is { } before
            ? Gini(
                specification.Value!,
                [.. amounts.Predict(heldOut.Features, heldOut.Arms).Select(prediction => prediction.Mean)],
                [.. before.Predict(heldOut.Features, heldOut.Arms).Select(prediction => prediction.Mean)],
                heldOut.Outcomes[specification.Value!],
                specification.Seed)
            : null;
        return ShadowComparison.Of(activeNumber, heldOut.Count, responses, value);
    }

    /// <summary>Mean log loss of the candidate minus that of the other, paired by member.</summary>
    public static ShadowDifference LogLoss(string outcome, float[] candidate, float[] active, float[] labels)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            var difference = Loss(candidate[row], labels[row]) - Loss(active[row], labels[row]);
            sum += difference;
            squares += difference * difference;
        }

        var mean = sum / labels.Length;
        var halfWidth = TwoSided95 * Math.Sqrt(Math.Max(0, (squares / labels.Length) - (mean * mean)) / labels.Length);
        return ShadowDifference.Of(outcome, mean, mean - halfWidth, mean + halfWidth, lessIsBetter: true);
    }

    private static double Loss(float probability, float label)
    {
        var p = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return label == 1 ? -Math.Log(p) : -Math.Log(1 - p);
    }

    // Ranks have no simple standard error when nearly all amounts are 0: members are drawn again with replacement, the same for both versions.
    private static ShadowDifference? Gini(string metric, double[] candidate, double[] active, float[] amounts, int seed)
    {
        int[][] orders = [Order(candidate), Order(active), Order([.. amounts.Select(amount => (double)amount)])];
        var weights = new int[amounts.Length];
        Array.Fill(weights, 1);
        if (Difference(orders, amounts, weights) is not { } whole)
        {
            return null;
        }

        var random = new Random(seed);
        var drawn = new List<double>();
        for (var resample = 0; resample < Resamples; resample++)
        {
            Array.Clear(weights);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[random.Next(weights.Length)]++;
            }

            if (Difference(orders, amounts, weights) is { } difference)
            {
                drawn.Add(difference);
            }
        }

        drawn.Sort();
        return ShadowDifference.Of(metric, whole, drawn[(int)(0.025 * drawn.Count)], drawn[(int)(0.975 * drawn.Count)], lessIsBetter: false);
    }

    private static double? Difference(int[][] orders, float[] amounts, int[] weights) =>
        Gini(orders[2], amounts, weights) is var best and > 0 ? (Gini(orders[0], amounts, weights) - Gini(orders[1], amounts, weights)) / best : null;

    private static int[] Order(double[] scores)
    {
        var rows = new int[scores.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        Array.Sort((double[])scores.Clone(), rows);
        return rows;
    }

    // 1 minus twice the area under the Lorenz curve of the amounts in this order.
    private static double Gini(int[] order, float[] amounts, int[] weights)
    {
        var (members, total, area) = (0.0, 0.0, 0.0);
        foreach (var row in order)
        {
            var amount = (double)weights[row] * amounts[row];
            area += weights[row] * (total + (0.5 * amount));
            total += amount;
            members += weights[row];
        }

        return total > 0 ? 1 - (2 * area / (members * total)) : 0;
    }
}
