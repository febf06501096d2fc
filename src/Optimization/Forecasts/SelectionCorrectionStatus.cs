namespace Noah.Optimization.Forecasts;

/// <summary>Whether a <see cref="SelectionCorrection"/> could be estimated.</summary>
public enum SelectionCorrectionStatus
{
    /// <summary>There is a factor with its standard error.</summary>
    Estimated,

    /// <summary>Fewer than <see cref="SelectionCorrection.LeastUnits"/> held-out units were chosen.</summary>
    TooFewChosen,

    /// <summary>
    /// The predicted values of the chosen do not sum to more than 0 by at least three standard errors of that sum: a ratio to it would say
    /// nothing. Lower volume bounds that force losses, or a few huge predictions, lead there.
    /// </summary>
    PredictedSumNotPositive,
}
