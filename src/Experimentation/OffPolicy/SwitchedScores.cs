using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>Doubly robust scores whose corrections of large weight are left out, so that few units cannot carry the estimate.</summary>
/// <param name="Weight">Largest weight whose correction counts.</param>
/// <param name="Scores">Value per unit.</param>
internal sealed record SwitchedScores(double Weight, double[] Scores)
{
    private static readonly double[] Quantiles = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1];

    internal static SwitchedScores Of(double[] weights, double[] direct, double[] robust, double? weight)
    {
        if (weight is { } given || weights.Length < 2)
        {
            given = weight ?? double.PositiveInfinity;
            return new SwitchedScores(given, At(given));
        }

        var sorted = weights.Order().ToArray();
        SwitchedScores? best = null;
        var least = double.PositiveInfinity;
        foreach (var quantile in Quantiles)
        {
            var candidate = Statistics.Quantiles.OfSorted(sorted, quantile)!.Value;
            var scores = At(candidate);
            var moments = Moments.Of(scores);

            // The estimate without the switch is unbiased, so the distance to it estimates the bias.
            var bias = Moments.Of(robust).Mean - moments.Mean;
            var error = (moments.Variance!.Value / weights.Length) + (bias * bias);
            if (error < least)
            {
                (best, least) = (new SwitchedScores(candidate, scores), error);
            }
        }

        return best!;

        double[] At(double limit)
        {
            var scores = new double[weights.Length];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = weights[i] <= limit ? robust[i] : direct[i];
            }

            return scores;
        }
    }
}
