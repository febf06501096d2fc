namespace Noah.Prediction.Evaluation;

/// <summary>How well probabilities fit outcomes of 0 and 1.</summary>
public sealed record BinaryMetrics
{
    // log(0) would make one bold mistake cost everything; float probabilities carry about 7 digits.
    private const double Smallest = 1e-7;

    /// <summary>Rows that were scored.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows with outcome 1.</summary>
    public required int Positives { get; init; }

    /// <summary>Share of positives, in [0, 1].</summary>
    public required double BaseRate { get; init; }

    /// <summary>Mean predicted probability, in [0, 1].</summary>
    public required double MeanPredicted { get; init; }

    /// <summary>Area under the ROC curve by mid-ranks, in [0, 1]; null where one class is absent.</summary>
    public required double? Auc { get; init; }

    /// <summary>Mean negative log likelihood in nats; predictions are kept 1e-7 away from 0 and 1.</summary>
    public required double LogLoss { get; init; }

    /// <summary>
    /// The log loss of saying <see cref="BaseRate"/> for every row, in nats: what a model must beat to be worth anything.
    /// </summary>
    public required double BaseRateLogLoss { get; init; }

    /// <summary>Mean squared difference of prediction and outcome, in [0, 1] (Brier 1950).</summary>
    public required double Brier { get; init; }

    /// <summary>Expected calibration error: mean over bins of |mean prediction − observed rate|, weighted by rows, in [0, 1].</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>
    /// The bins behind <see cref="ExpectedCalibrationError"/>: equal in rows, by rising prediction; fewer when there are fewer rows.
    /// </summary>
    public required IReadOnlyList<CalibrationBin> CalibrationBins { get; init; }

    /// <summary>Scores predictions.</summary>
    /// <param name="probabilities">[rows], each in [0, 1].</param>
    /// <param name="outcomes">[rows], each 0 or 1.</param>
    /// <param name="bins">Calibration bins, at least 1; default 10.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static BinaryMetrics Compute(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> outcomes, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        int rows = probabilities.Length, positives = 0;
        if (rows == 0 || outcomes.Length != rows)
        {
            throw new ArgumentException(
                $"There are {rows} predictions and {outcomes.Length} outcomes; equal and at least 1 needed.", nameof(outcomes));
        }
        double logLoss = 0, brier = 0, sum = 0;
        for (int i = 0; i < rows; i++)
        {
            if (!(probabilities[i] >= 0f && probabilities[i] <= 1f))
            {
                throw new ArgumentOutOfRangeException(nameof(probabilities), probabilities[i], $"Row {i} must be in [0, 1].");
            }
            if (outcomes[i] is not (0f or 1f))
            {
                throw new ArgumentOutOfRangeException(nameof(outcomes), outcomes[i], $"Row {i} must be 0 or 1.");
            }
            double p = probabilities[i], y = outcomes[i];
            positives += (int)y;
            sum += p;
            brier += (p - y) * (p - y);
            logLoss += LogLossOf(p, y);
        }
        double rate = (double)positives / rows;
        var calibration = Bins(probabilities, outcomes, Math.Min(bins, rows));
        return new BinaryMetrics
        {
            Rows = rows,
            Positives = positives,
            BaseRate = rate,
            MeanPredicted = sum / rows,
            Auc = Ranking.Auc(probabilities, outcomes),
            LogLoss = logLoss / rows,
            BaseRateLogLoss = rate * LogLossOf(rate, 1) + (1 - rate) * LogLossOf(rate, 0),
            Brier = brier / rows,
            ExpectedCalibrationError = calibration.Sum(bin => bin.Rows * Math.Abs(bin.MeanPredicted - bin.ObservedRate)) / rows,
            CalibrationBins = calibration,
        };
    }

    private static double LogLossOf(double probability, double outcome)
    {
        double p = Math.Clamp(probability, Smallest, 1 - Smallest);
        return outcome == 1 ? -Math.Log(p) : -Math.Log(1 - p);
    }

    private static List<CalibrationBin> Bins(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> outcomes, int bins)
    {
        int[] order = Ranking.Ascending(probabilities);
        var result = new List<CalibrationBin>(bins);
        for (int b = 0; b < bins; b++)
        {
            int start = (int)((long)order.Length * b / bins), end = (int)((long)order.Length * (b + 1) / bins);
            double predicted = 0, observed = 0;
            for (int i = start; i < end; i++)
            {
                predicted += probabilities[order[i]];
                observed += outcomes[order[i]];
            }
            int count = end - start;
            result.Add(new CalibrationBin(
                count, probabilities[order[start]], probabilities[order[end - 1]], predicted / count, observed / count));
        }
        return result;
    }
}
