using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>A regression that uplift learners are built from.</summary>
public interface IBaseLearner
{
    /// <summary>Fits; deterministic for equal arguments.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="targets">[rows] finite; 0 or 1 for <see cref="BaseTask.Probability"/>, where one of the two may be absent.</param>
    /// <param name="task">What is asked for.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="cancellation">Ends the fit early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Finite predictions [rows] of any table with the same features; safe to share between threads.</returns>
    Func<FeatureTable, float[]> Fit(FeatureTable features, float[] targets, BaseTask task, ulong seed, CancellationToken cancellation);
}
