namespace Noah.Prediction.Calibration;

/// <summary>
/// Moves a calibration's level to new rows: one number on its log odds, or on the logarithm of its amounts, the mode under a normal prior around
/// 0, so that few positives move it little. The form of the curve, for which an increment has too few positives, stays.
/// </summary>
internal static class LevelShift
{
    private const double Deviation = 0.1;
    private const int Steps = 20;

    /// <param name="calibration">Before.</param>
    /// <param name="scores">[rows] raw probabilities of networks that have not seen the row; NaN where there is none.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    public static MonotoneCalibration Of(MonotoneCalibration calibration, float[] scores, float[] labels)
    {
        var judged = scores.Zip(labels, (score, label) => (Score: score, Label: label)).Where(row => !float.IsNaN(row.Score))
            .Select(row => (Probability: calibration.Apply(row.Score), row.Label)).ToArray();
        double shift = 0;
        // Newton's steps: the penalised log likelihood is concave.
        for (int step = 0; step < Steps; step++)
        {
            double factor = Math.Exp(shift), slope = -shift / (Deviation * Deviation), curvature = 1 / (Deviation * Deviation);
            foreach (var (probability, label) in judged)
            {
                double moved = factor * probability / (1 - probability + factor * probability);
                slope += label - moved;
                curvature += moved * (1 - moved);
            }
            shift += Math.Clamp(slope / curvature, -1, 1);
        }
        return calibration.Shifted(Math.Exp(shift));
    }

    /// <summary>
    /// Of amounts: the total of the new rows is taken for normal around e^shift times what was expected of them, with the variance that single
    /// rows show, so that one large amount, which makes both the total and its variance, moves little.
    /// </summary>
    /// <param name="calibration">Before.</param>
    /// <param name="scores">[rows] raw means of networks that have not seen the row.</param>
    /// <param name="amounts">[rows] at least 0.</param>
    public static MonotoneCalibration OfAmounts(MonotoneCalibration calibration, float[] scores, float[] amounts)
    {
        double[] expected = [.. scores.Select(score => calibration.Apply(score))];
        double total = amounts.Sum(amount => (double)amount), before = expected.Sum(), shift = 0;
        double variance = expected.Zip(amounts, (mean, amount) => (amount - mean) * (amount - mean)).Sum();
        // Gauss-Newton's steps on (total − e^shift · before)² / 2 variance + shift² / 2 deviation².
        for (int step = 0; step < Steps && variance > 0; step++)
        {
            double moved = Math.Exp(shift) * before, prior = 1 / (Deviation * Deviation);
            double slope = (total - moved) * moved / variance - shift * prior, curvature = moved * moved / variance + prior;
            shift += Math.Clamp(slope / curvature, -1, 1);
        }
        return calibration.Shifted(Math.Exp(shift));
    }
}
