namespace Noah.Prediction.Calibration;

/// <summary>
/// Moves a calibration's level to new rows: one number on its log odds, the mode under a normal prior around 0, so that few positives move
/// it little. The form of the curve, for which an increment has too few positives, stays.
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
}
