using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Surrogates;

/// <summary>Level and slope of predicted amounts against actual ones, over ten groups by prediction, with bootstrap intervals.</summary>
internal static class DecileCalibration
{
    public const int Groups = 10;

    public static (EstimatedInterval? Level, EstimatedInterval? Slope) Of(float[] predicted, float[] actual, SurrogateOptions options)
    {
        // Groups stay as they are while members are drawn anew: a decile is a range of predictions.
        int[] order = Ranking.Ascending(predicted), group = new int[predicted.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            group[order[rank]] = (int)((long)rank * Groups / order.Length);
        }
        var counts = new int[predicted.Length];
        Array.Fill(counts, 1);
        var (level, slope) = Fit(counts);
        if (level is null)
        {
            return (null, null);
        }
        var random = new Random(unchecked((int)((options.Seed + 1) ^ ((options.Seed + 1) >> 32))));
        List<double> levels = [], slopes = [];
        for (int i = 0; i < options.Resamples; i++)
        {
            Array.Clear(counts);
            for (int draw = 0; draw < counts.Length; draw++)
            {
                counts[random.Next(counts.Length)]++;
            }
            var (drawnLevel, drawnSlope) = Fit(counts);
            levels.Add(drawnLevel ?? double.PositiveInfinity);
            slopes.Add(drawnSlope ?? 0);
        }
        return (EstimatedInterval.Of(level.Value, levels), slope is { } found ? EstimatedInterval.Of(found, slopes) : null);

        (double? Level, double? Slope) Fit(int[] weights)
        {
            double[] rows = new double[Groups], sumPredicted = new double[Groups], sumActual = new double[Groups];
            for (int i = 0; i < weights.Length; i++)
            {
                rows[group[i]] += weights[i];
                sumPredicted[group[i]] += (double)weights[i] * predicted[i];
                sumActual[group[i]] += (double)weights[i] * actual[i];
            }
            double all = rows.Sum(), meanPredicted = sumPredicted.Sum() / all, meanActual = sumActual.Sum() / all, across = 0, along = 0;
            for (int g = 0; g < Groups; g++)
            {
                if (rows[g] > 0)
                {
                    double from = sumPredicted[g] / rows[g] - meanPredicted;
                    along += rows[g] * from * from;
                    across += rows[g] * from * (sumActual[g] / rows[g] - meanActual);
                }
            }
            return (meanActual > 0 ? meanPredicted / meanActual : null, along > 0 ? across / along : null);
        }
    }
}
