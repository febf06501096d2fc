using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Surrogates;

/// <summary>
/// Whether a fast proxy, such as lifetime value predicted in the first week, may stand for an outcome that takes months: over past experiments
/// its lifts must move with the true ones, and on members whose time has passed it must be calibrated by decile.
/// </summary>
public static class SurrogateValidation
{
    private const int Groups = 10;

    /// <summary>Judges a proxy.</summary>
    /// <param name="lifts">Past experiments in which both were measured.</param>
    /// <param name="predicted">[members] of matured cohorts: the proxy, as predicted then; finite and ≥ 0.</param>
    /// <param name="actual">[members] what came of it; finite and ≥ 0. At least ten members.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are fewer than ten members, or a value is outside its range.</exception>
    public static SurrogateReport Judge(
        IReadOnlyList<ExperimentLift> lifts, float[] predicted, float[] actual, SurrogateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lifts);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        options ??= new SurrogateOptions();
        options.Validate();
        RequireLifts(lifts);
        if (predicted.Length < Groups || predicted.Length != actual.Length)
        {
            throw new ArgumentException($"There are {predicted.Length} predictions and {actual.Length} amounts; equal and at least {Groups} needed.", nameof(actual));
        }
        var deciles = ValueMetrics.Compute(predicted, new float[predicted.Length], actual).Deciles;
        var (level, slope) = Calibration(predicted, actual, options);
        bool enough = lifts.Count >= options.MinExperiments;
        var correlation = enough ? Relation(lifts, options) : null;
        return new SurrogateReport
        {
            Status = Verdict(enough, correlation, level, slope, options),
            Experiments = lifts.Count,
            Correlation = correlation,
            RawCorrelation = enough ? Raw(lifts) : null,
            SignAgreement = enough ? lifts.Average(lift => Math.Sign(lift.Proxy) == Math.Sign(lift.True) ? 1.0 : 0) : null,
            Level = level,
            Slope = slope,
            Deciles = deciles,
        };
    }

    private static SurrogateStatus Verdict(
        bool enough, EstimatedInterval? correlation, EstimatedInterval? level, EstimatedInterval? slope, SurrogateOptions options)
    {
        if (!enough)
        {
            return SurrogateStatus.TooFewExperiments;
        }
        if (!(correlation?.Lower >= options.MinCorrelation))
        {
            return SurrogateStatus.NotRelated;
        }
        bool levelHolds = level?.Lower >= 1 / (1 + options.LevelTolerance) && level?.Upper <= 1 + options.LevelTolerance;
        bool slopeHolds = slope?.Lower >= 1 - options.SlopeTolerance && slope?.Upper <= 1 + options.SlopeTolerance;
        return levelHolds && slopeHolds ? SurrogateStatus.Usable : SurrogateStatus.NotCalibrated;
    }

    private static EstimatedInterval? Relation(IReadOnlyList<ExperimentLift> lifts, SurrogateOptions options)
    {
        if (Corrected(lifts) is not { } value)
        {
            return null;
        }
        var random = Random(options.Seed);
        var (resample, found) = (new ExperimentLift[lifts.Count], new List<double>());
        for (int i = 0; i < options.Resamples; i++)
        {
            for (int draw = 0; draw < resample.Length; draw++)
            {
                resample[draw] = lifts[random.Next(lifts.Count)];
            }
            // A resample whose lifts differ by less than their errors says nothing of a relation.
            found.Add(Corrected(resample) ?? 0);
        }
        return EstimatedInterval.Of(value, found);
    }

    /// <summary>
    /// Covariance of true effects = covariance of measured lifts − mean covariance of their errors (method of moments). Null where a variance
    /// left is not above 0. Noise can take the ratio beyond 1, where it is cut.
    /// </summary>
    private static double? Corrected(IReadOnlyList<ExperimentLift> lifts)
    {
        var (proxy, truth, both) = Moments(lifts);
        proxy -= lifts.Average(lift => lift.ProxyError * lift.ProxyError);
        truth -= lifts.Average(lift => lift.TrueError * lift.TrueError);
        both -= lifts.Average(lift => lift.ErrorCorrelation * lift.ProxyError * lift.TrueError);
        return proxy > 0 && truth > 0 ? Math.Clamp(both / Math.Sqrt(proxy * truth), -1, 1) : null;
    }

    private static double? Raw(IReadOnlyList<ExperimentLift> lifts)
    {
        var (proxy, truth, both) = Moments(lifts);
        return proxy > 0 && truth > 0 ? both / Math.Sqrt(proxy * truth) : null;
    }

    private static (double Proxy, double Truth, double Both) Moments(IReadOnlyList<ExperimentLift> lifts)
    {
        double meanProxy = lifts.Average(lift => lift.Proxy), meanTrue = lifts.Average(lift => lift.True), n = lifts.Count - 1;
        return (
            lifts.Sum(lift => (lift.Proxy - meanProxy) * (lift.Proxy - meanProxy)) / n,
            lifts.Sum(lift => (lift.True - meanTrue) * (lift.True - meanTrue)) / n,
            lifts.Sum(lift => (lift.Proxy - meanProxy) * (lift.True - meanTrue)) / n);
    }

    private static (EstimatedInterval? Level, EstimatedInterval? Slope) Calibration(float[] predicted, float[] actual, SurrogateOptions options)
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
        var random = Random(options.Seed + 1);
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

    private static void RequireLifts(IReadOnlyList<ExperimentLift> lifts)
    {
        for (int i = 0; i < lifts.Count; i++)
        {
            var lift = lifts[i];
            bool fits = double.IsFinite(lift.Proxy) && double.IsFinite(lift.True) && lift.ProxyError > 0 && double.IsFinite(lift.ProxyError)
                && lift.TrueError > 0 && double.IsFinite(lift.TrueError) && lift.ErrorCorrelation is >= -1 and <= 1;
            if (!fits)
            {
                throw new ArgumentException($"Experiment {i} must have finite lifts, errors above 0 and a correlation in [-1, 1].", nameof(lifts));
            }
        }
    }

    private static Random Random(ulong seed) => new(unchecked((int)(seed ^ (seed >> 32))));
}
