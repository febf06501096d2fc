namespace Noah.Prediction.Training.Incremental;

/// <summary>A network after a refresh.</summary>
/// <param name="Weights">(parameters).</param>
/// <param name="Memory">For the next refresh.</param>
/// <param name="UnseenOutputs">[rows of its fold × heads]: those it has not seen.</param>
/// <param name="LossBefore">Of its fold.</param>
/// <param name="LossAfter">Of its fold.</param>
internal sealed record RefreshedFold(float[] Weights, WeightMemory Memory, float[] UnseenOutputs, double LossBefore, double LossAfter);
