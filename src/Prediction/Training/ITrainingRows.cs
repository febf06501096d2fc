namespace Noah.Prediction.Training;

/// <summary>The rows of a training in the form in which they were given.</summary>
internal interface ITrainingRows
{
    int Rows { get; }

    /// <param name="options">Of the encoder, where one is yet to be fitted.</param>
    /// <param name="set">The same rows' actions and labels.</param>
    PreparedRows Prepare(TrainingOptions options, TrainingSet set);
}
