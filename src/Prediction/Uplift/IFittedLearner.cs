using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>What a base learner made of one task.</summary>
public interface IFittedLearner
{
    /// <summary>Predicts; safe to share between threads.</summary>
    /// <param name="table">Any rows with the features of the fit.</param>
    /// <returns>[rows], finite.</returns>
    float[] Predict(FeatureTable table);
}
