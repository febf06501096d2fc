namespace Noah.Experimentation.Triggering;

/// <summary>One of the four cells.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Share">Weighted share of all units, in [0, 1].</param>
/// <param name="Contrast">Treatment minus control within the cell; in the agreeing cell the outcome over all runs.</param>
/// <param name="Contribution">Share times difference: what the cell adds to the diluted effect; null where the difference is.</param>
public sealed record TriggeredCellReport(TriggerCell Cell, double Share, TriggeredContrast Contrast, double? Contribution);
