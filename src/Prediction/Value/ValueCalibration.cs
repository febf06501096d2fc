using Noah.Prediction.Calibration;
using Noah.Prediction.Losses;

namespace Noah.Prediction.Value;

/// <summary>
/// Calibration of every horizon that keeps them rising: the first horizon's probability and mean, and for the later ones the probability
/// of a first amount among those without one and the mean of what is added.
/// </summary>
/// <param name="Hazards">[horizons].</param>
/// <param name="Increments">[horizons].</param>
internal sealed record ValueCalibration(MonotoneCalibration[] Hazards, MonotoneCalibration[] Increments)
{
    public static ValueCalibration Zero(int horizons) => new(
        [.. Enumerable.Repeat(MonotoneCalibration.Constant(0), horizons)], [.. Enumerable.Repeat(MonotoneCalibration.Constant(0), horizons)]);

    /// <param name="unseen">[rows][horizons] read from networks that have not seen the row.</param>
    /// <param name="amounts">[horizons][rows].</param>
    public static ValueCalibration Fit(MixtureParameters[][] unseen, float[][] amounts) => Each(
        unseen, amounts, (_, scores, targets) => FitOrZero(scores, targets, true), (_, scores, targets) => FitOrZero(scores, targets, false));

    /// <summary>The same curves at the levels of new rows; what was never above 0 is fitted to them.</summary>
    /// <param name="unseen">[rows][horizons] read from networks that have not seen the row.</param>
    /// <param name="amounts">[horizons][rows].</param>
    public ValueCalibration Moved(MixtureParameters[][] unseen, float[][] amounts) => Each(
        unseen, amounts,
        (h, scores, targets) => Hazards[h].Kind == CalibrationKind.None ? FitOrZero(scores, targets, true) : LevelShift.Of(Hazards[h], scores, targets),
        (h, scores, targets) =>
            Increments[h].Kind == CalibrationKind.None ? FitOrZero(scores, targets, false) : LevelShift.OfAmounts(Increments[h], scores, targets));

    /// <summary>
    /// The one place where outputs become predictions: the calibrated mean shifts the components, so that mean and quantiles agree.
    /// </summary>
    public void Decode(ReadOnlySpan<MixtureParameters> raw, Span<ValuePrediction> predictions)
    {
        double none = 1, mean = 0;
        var before = default(ValuePrediction);
        for (int h = 0; h < raw.Length; h++)
        {
            double hazard = Hazards[h].Apply((float)HazardOf(raw, h));
            none *= 1 - hazard;
            double positive = h == 0 ? hazard : 1 - none;
            mean += Increments[h].Apply((float)IncrementOf(raw, h));
            if (positive <= 0 || mean <= 0)
            {
                predictions[h] = new ValuePrediction(positive, mean, 0, 0, 0);
                continue;
            }
            var calibrated = raw[h].Moved(positive, mean);
            // The components do rise, but each horizon's calibration moves them by a factor of its own.
            before = new ValuePrediction(
                positive, mean, Math.Max(before.P10, calibrated.Quantile(0.1)), Math.Max(before.P50, calibrated.Quantile(0.5)),
                Math.Max(before.P90, calibrated.Quantile(0.9)));
            predictions[h] = before;
        }
    }

    private static ValueCalibration Each(
        MixtureParameters[][] unseen, float[][] amounts, Func<int, float[], float[], MonotoneCalibration> ofHazard,
        Func<int, float[], float[], MonotoneCalibration> ofIncrement)
    {
        int horizons = amounts.Length, rows = unseen.Length;
        MonotoneCalibration[] hazards = new MonotoneCalibration[horizons], increments = new MonotoneCalibration[horizons];
        for (int h = 0; h < horizons; h++)
        {
            int[] atRisk = [.. Enumerable.Range(0, rows).Where(row => h == 0 || amounts[h - 1][row] == 0f)];
            hazards[h] = ofHazard(
                h, [.. atRisk.Select(row => (float)HazardOf(unseen[row], h))], [.. atRisk.Select(row => amounts[h][row] > 0f ? 1f : 0f)]);
            increments[h] = ofIncrement(
                h, [.. unseen.Select(row => (float)IncrementOf(row, h))],
                [.. Enumerable.Range(0, rows).Select(row => h == 0 ? amounts[0][row] : amounts[h][row] - amounts[h - 1][row])]);
        }
        return new ValueCalibration(hazards, increments);
    }

    private static MonotoneCalibration FitOrZero(float[] scores, float[] targets, bool isProbability) => targets.Any(target => target > 0f)
        ? MonotoneCalibration.Fit(scores, targets, isProbability)
        : MonotoneCalibration.Constant(0);

    private static double HazardOf(ReadOnlySpan<MixtureParameters> row, int horizon) => horizon == 0
        ? row[0].Positive
        : row[horizon - 1].Positive < 1 ? (row[horizon].Positive - row[horizon - 1].Positive) / (1 - row[horizon - 1].Positive) : 0;

    private static double IncrementOf(ReadOnlySpan<MixtureParameters> row, int horizon) =>
        row[horizon].Mean - (horizon == 0 ? 0 : row[horizon - 1].Mean);
}
