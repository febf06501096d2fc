using System.Text.Json.Serialization;
using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>A regression that uplift learners are built from. Models built from the engine's own two can be saved.</summary>
[JsonDerivedType(typeof(TreeBaseLearner), "trees")]
[JsonDerivedType(typeof(LinearBaseLearner), "linear")]
public interface IBaseLearner
{
    /// <summary>Fits; deterministic for equal arguments.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="targets">[rows] finite; 0 or 1 for <see cref="BaseTask.Probability"/>, where one of the two may be absent.</param>
    /// <param name="task">What is asked for.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="cancellation">Ends the fit early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The fit.</returns>
    IFittedLearner Fit(FeatureTable features, float[] targets, BaseTask task, ulong seed, CancellationToken cancellation);
}
