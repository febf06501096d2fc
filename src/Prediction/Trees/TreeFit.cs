namespace Noah.Prediction.Trees;

/// <summary>What <see cref="BoostedTrees.Train"/> returns.</summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Model">The model, which never predicts NaN; null only where the status is <see cref="TreeStatus.NoRows"/>.</param>
/// <param name="Report">How it came about.</param>
public sealed record TreeFit(TreeStatus Status, BoostedTrees? Model, TreeReport Report);
