namespace Noah.Experimentation.OffPolicy;

/// <summary>Evidence for an effect and for its heterogeneity, from <see cref="UpliftEvidence"/>.</summary>
/// <param name="Status">Whether the figures could be computed.</param>
/// <param name="Verdict">What to conclude at the confidence asked for.</param>
/// <param name="AverageEffect">Mean of the doubly robust scores, in the metric's unit.</param>
/// <param name="CalibrationSlope">
/// Slope of the best linear predictor of the increment on the predicted one: 1 is calibrated, 0 is no information. HC3 errors.
/// </param>
/// <param name="SlopePValue">One-sided p of slope 0 against a positive slope.</param>
/// <param name="Auuc">Area under the uplift curve: mean over all shares q of the gain per unit of the population when the top q are
/// treated, in the metric's unit.</param>
/// <param name="Qini">Auuc minus that of a random order (half the average effect); above 0 means that the ranking is useful.</param>
/// <param name="Groups">Units in equal groups by ascending predicted increment; empty without variation of the predictions.</param>
public sealed record UpliftReport(
    UpliftStatus Status,
    UpliftVerdict Verdict,
    PolicyEstimate? AverageEffect,
    PolicyEstimate? CalibrationSlope,
    double? SlopePValue,
    PolicyEstimate? Auuc,
    PolicyEstimate? Qini,
    IReadOnlyList<UpliftGroup> Groups);
