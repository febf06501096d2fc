using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>The rows of a training in the form in which they were given.</summary>
internal interface ITrainingRows
{
    int Rows { get; }

    /// <param name="options">Of the encoder, where one is yet to be fitted.</param>
    /// <param name="set">The same rows' actions and labels.</param>
    PreparedRows Prepare(TrainingOptions options, TrainingSet set);
}

/// <summary>The same, ready to be trained on.</summary>
/// <param name="Encoder">Fitted to all rows.</param>
/// <param name="Source">Encoded by it.</param>
/// <param name="Digest">Of features, actions and labels.</param>
internal sealed record PreparedRows(FeatureEncoder Encoder, IEncodedSource Source, string Digest);
