namespace Noah.Optimization.Rounding;

/// <summary>A unit gives up one edge, takes one, or swaps.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Leaves">Edge given up, or −1.</param>
/// <param name="Enters">Edge taken, or −1.</param>
/// <param name="Regret">Reduced value lost, in money; at the optimal prices no move has a negative one.</param>
/// <param name="Gain">Value gained, in money.</param>
internal readonly record struct Move(int Unit, int Leaves, int Enters, double Regret, double Gain);
