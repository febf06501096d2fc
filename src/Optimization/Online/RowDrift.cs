namespace Noah.Optimization.Online;

/// <summary>Consumption of one row against the plan.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Expected">Planned use that was due by now.</param>
/// <param name="Actual">Use so far.</param>
/// <param name="Ratio">Actual / expected; null when nothing was due.</param>
/// <param name="Z">Departure in standard deviations; null when the plan has no variance.</param>
/// <param name="Projected">Use at the end of the horizon: what is used already and the rest of the plan at the same rate; null when nothing was due.</param>
/// <param name="BreaksBound">Whether the projected use lies outside the row's bounds by more than the relative tolerance.</param>
/// <param name="Status">The verdict.</param>
public sealed record RowDrift(
    string Name, double Expected, double Actual, double? Ratio, double? Z, double? Projected, bool BreaksBound, DriftStatus Status);
