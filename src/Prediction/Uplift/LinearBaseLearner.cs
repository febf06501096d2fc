using Noah.Prediction.Baselines;
using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>Ridge regression as base learner: logistic for probabilities, linear otherwise, without interactions.</summary>
/// <param name="Ridge">Penalty ½·ridge·w² on every weight but the intercept. Default 1. Above 0.</param>
public sealed record LinearBaseLearner(double Ridge = 1) : IBaseLearner
{
    /// <summary>Fits a ridge regression.</summary>
    /// <inheritdoc/>
    public IFittedLearner Fit(FeatureTable features, float[] targets, BaseTask task, ulong seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        cancellation.ThrowIfCancellationRequested();
        return task == BaseTask.Probability
            ? FittedPart.Of(LogisticBaseline.Train(features, new int[features.Rows], targets, 1, Ridge))
            : FittedPart.Of(RidgeRegression.Fit(features, targets, Ridge));
    }
}
