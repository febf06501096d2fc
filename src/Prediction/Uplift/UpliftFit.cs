namespace Noah.Prediction.Uplift;

/// <summary>What <see cref="UpliftModel.Train"/> returns.</summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Model">The model; null unless the status is <see cref="UpliftStatus.Trained"/>.</param>
/// <param name="TreatedRows">Rows that got the action.</param>
/// <param name="ControlRows">Rows that did not.</param>
/// <param name="ClippedRows">Rows whose estimated propensity was clipped; 0 where propensities were given.</param>
/// <param name="Average">The mean effect; null unless trained by the doubly robust learner.</param>
public sealed record UpliftFit(
    UpliftStatus Status, UpliftModel? Model, int TreatedRows, int ControlRows, int ClippedRows, AverageEffect? Average);
