using Noah.Prediction.Features;
using Noah.Prediction.Uplift;

namespace Noah.Prediction.Tests.Uplift;

/// <summary>A base learner of a caller's own, as wrong as can be.</summary>
internal sealed class SaysZero : IBaseLearner, IFittedLearner
{
    public IFittedLearner Fit(FeatureTable features, float[] targets, BaseTask task, ulong seed, CancellationToken cancellation) => this;

    public float[] Predict(FeatureTable table) => new float[table.Rows];
}
