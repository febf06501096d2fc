namespace Noah.Prediction.Uplift;

/// <summary>
/// Doubly robust scores φ = μ₁ − μ₀ + T (Y − μ₁)/e − (1 − T)(Y − μ₀)/(1 − e) of every row, from models that have not seen it (Kennedy 2023,
/// algorithm 1; cross-fitting of Chernozhukov et al. 2018).
/// </summary>
internal sealed record RobustScores(float[] Values, int ClippedRows)
{
    // Two-sided 95 % of the normal distribution.
    private const double Normal95 = 1.959963984540054;

    public static RobustScores Of(UpliftSample sample, CancellationToken cancellation)
    {
        ulong seed = sample.Options.Seed;
        var order = (int[])sample.Rows.Clone();
        new Random((int)(seed ^ (seed >> 32))).Shuffle(order);
        var scores = new float[order.Length];
        int clippedRows = 0, folds = sample.Options.Folds;
        for (int fold = 0; fold < folds; fold++)
        {
            int[] held = [.. order.Where((_, i) => i % folds == fold)], others = [.. order.Where((_, i) => i % folds != fold)];
            ulong salt = 10 * (ulong)(fold + 1);
            var table = sample.Features.Select(held);
            float[] treated = sample.FitOutcome(sample.Arm(others, true), salt, cancellation).Predict(table);
            float[] control = sample.FitOutcome(sample.Arm(others, false), salt + 1, cancellation).Predict(table);
            float[] propensities = sample.Propensities is { } known
                ? [.. held.Select(row => known[row])]
                : sample.FitPropensity(others, salt + 2, cancellation).Predict(table);
            for (int i = 0; i < held.Length; i++)
            {
                double propensity = propensities[i], outcome = sample.Outcomes[held[i]];
                if (sample.Propensities is null)
                {
                    (propensity, bool clipped) = sample.Clip(propensities[i]);
                    clippedRows += clipped ? 1 : 0;
                }
                double correction = sample.Treated[held[i]]
                    ? (outcome - treated[i]) / propensity
                    : -(outcome - control[i]) / (1 - propensity);
                scores[held[i]] = (float)(treated[i] - (double)control[i] + correction);
            }
        }
        return new RobustScores(scores, clippedRows);
    }

    public AverageEffect Average()
    {
        double mean = Values.Average(value => (double)value);
        double variance = Values.Sum(value => (value - mean) * (value - mean)) / (Values.Length - 1);
        double error = Math.Sqrt(variance / Values.Length);
        return new AverageEffect(mean, error, mean - Normal95 * error, mean + Normal95 * error);
    }
}
