namespace Noah.Heuristics.Pacing;

/// <summary>What the controller carries from round to round.</summary>
/// <param name="Round">Rounds completed, 0 at the start.</param>
/// <param name="CumulativeSpend">S_t, in money.</param>
/// <param name="RealisationRatio">r̂_t, moving average of actual over planned spend; 1 at the start.</param>
/// <param name="PlannedSpend">C of the round to come, in money: the bound for the allocation's cost row.</param>
public sealed record PacingState(int Round, double CumulativeSpend, double RealisationRatio, double PlannedSpend);
