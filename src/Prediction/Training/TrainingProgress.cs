namespace Noah.Prediction.Training;

/// <summary>One finished epoch.</summary>
/// <param name="Fold">The network being trained, from 1; it is judged on this fold.</param>
/// <param name="Folds">Networks in all.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="MaxEpochs">The limit; training often stops earlier.</param>
/// <param name="TrainingLoss">Mean loss over the epoch's steps, in units of the loss of constant predictions (1 = nothing learnt).</param>
/// <param name="ValidationLoss">Loss on the fold after the epoch, same unit.</param>
/// <param name="LearningRate">The rate used in the epoch.</param>
public sealed record TrainingProgress(
    int Fold, int Folds, int Epoch, int MaxEpochs, double TrainingLoss, double ValidationLoss, double LearningRate);
