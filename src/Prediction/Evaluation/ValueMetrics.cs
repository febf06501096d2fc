namespace Noah.Prediction.Evaluation;

/// <summary>How well predicted amounts fit actual ones, with the measures of Wang, Liu and Miao 2019 (section 5).</summary>
public sealed record ValueMetrics
{
    /// <summary>Rows that were scored.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Gini of the model's order over Gini of the true order: 1 = perfect, 0 = random; null where the amounts do not vary.
    /// </summary>
    public required double? NormalizedGini { get; init; }

    /// <summary>Spearman's rank correlation of prediction and amount, in [-1, 1]; null where either does not vary.</summary>
    public required double? Spearman { get; init; }

    /// <summary>Mean over deciles of |mean predicted − mean actual| / mean actual, ≥ 0; null where a decile has no amount.</summary>
    public required double? DecileMape { get; init; }

    /// <summary>The ten groups behind <see cref="DecileMape"/>, by rising prediction; fewer with fewer than ten rows.</summary>
    public required IReadOnlyList<ValueDecile> Deciles { get; init; }

    /// <summary>Mean of the predicted means, in the currency of training.</summary>
    public required double MeanPredicted { get; init; }

    /// <summary>Mean of the actual amounts, same unit.</summary>
    public required double MeanActual { get; init; }

    /// <summary>The probability of a positive amount, scored against whether there was one.</summary>
    public required BinaryMetrics Positive { get; init; }

    /// <summary>Scores predictions.</summary>
    /// <param name="means">[rows] predicted means, finite and ≥ 0.</param>
    /// <param name="positiveProbabilities">[rows] predicted probabilities of a positive amount, in [0, 1].</param>
    /// <param name="amounts">[rows] actual amounts, finite and ≥ 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static ValueMetrics Compute(ReadOnlySpan<float> means, ReadOnlySpan<float> positiveProbabilities, ReadOnlySpan<float> amounts)
    {
        int rows = amounts.Length;
        if (rows == 0 || means.Length != rows || positiveProbabilities.Length != rows)
        {
            throw new ArgumentException(
                $"{means.Length} means, {positiveProbabilities.Length} probabilities and {rows} amounts; equal and at least 1 needed.",
                nameof(amounts));
        }
        var isPositive = new float[rows];
        double predicted = 0, actual = 0;
        for (int i = 0; i < rows; i++)
        {
            RequireAmount(means[i], i, nameof(means));
            RequireAmount(amounts[i], i, nameof(amounts));
            isPositive[i] = amounts[i] > 0f ? 1f : 0f;
            predicted += means[i];
            actual += amounts[i];
        }
        var deciles = DecilesOf(means, amounts, Math.Min(10, rows));
        double? best = Ranking.Gini(amounts, amounts);
        return new ValueMetrics
        {
            Rows = rows,
            NormalizedGini = best is null or 0 ? null : Ranking.Gini(means, amounts) / best,
            Spearman = Ranking.Spearman(means, amounts),
            DecileMape = deciles.All(d => d.MeanActual > 0)
                ? deciles.Average(d => Math.Abs(d.MeanPredicted - d.MeanActual) / d.MeanActual)
                : null,
            Deciles = deciles,
            MeanPredicted = predicted / rows,
            MeanActual = actual / rows,
            Positive = BinaryMetrics.Compute(positiveProbabilities, isPositive),
        };
    }

    private static void RequireAmount(float value, int row, string name)
    {
        if (!(value >= 0f && float.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"Row {row} must be finite and at least 0.");
        }
    }

    private static List<ValueDecile> DecilesOf(ReadOnlySpan<float> means, ReadOnlySpan<float> amounts, int groups)
    {
        int[] order = Ranking.Ascending(means);
        var deciles = new List<ValueDecile>(groups);
        for (int g = 0; g < groups; g++)
        {
            int start = (int)((long)order.Length * g / groups), end = (int)((long)order.Length * (g + 1) / groups);
            double predicted = 0, actual = 0;
            for (int i = start; i < end; i++)
            {
                predicted += means[order[i]];
                actual += amounts[order[i]];
            }
            deciles.Add(new ValueDecile(g + 1, end - start, predicted / (end - start), actual / (end - start)));
        }
        return deciles;
    }
}
