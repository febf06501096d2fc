namespace Noah.Prediction.Trees;

/// <summary>What <see cref="TwoStageTrees.Train"/> returns.</summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Model">The model; null unless the status is <see cref="TwoStageStatus.Trained"/>.</param>
/// <param name="Positives">Rows with an amount above 0.</param>
/// <param name="Zeros">Rows with amount 0.</param>
public sealed record TwoStageFit(TwoStageStatus Status, TwoStageTrees? Model, int Positives, int Zeros);
