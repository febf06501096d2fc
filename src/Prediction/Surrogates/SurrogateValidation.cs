using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Surrogates;

/// <summary>
/// Whether a fast proxy, such as lifetime value predicted in the first week, may stand for an outcome that takes months: over past experiments
/// its lifts must move with the true ones, and on members whose time has passed it must be calibrated by decile.
/// </summary>
public static class SurrogateValidation
{
    private const int Groups = DecileCalibration.Groups;

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
        var (level, slope) = DecileCalibration.Of(predicted, actual, options);
        bool enough = lifts.Count >= options.MinExperiments;
        var correlation = enough ? LiftCorrelation.Of(lifts, options) : null;
        return new SurrogateReport
        {
            Status = Verdict(enough, correlation, level, slope, options),
            Experiments = lifts.Count,
            Correlation = correlation,
            RawCorrelation = enough ? LiftCorrelation.Raw(lifts) : null,
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
}
