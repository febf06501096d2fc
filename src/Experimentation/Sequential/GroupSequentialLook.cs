namespace Noah.Experimentation.Sequential;

/// <summary>One look of a group-sequential design.</summary>
/// <param name="Share">Information at the look over the final, in (0, 1].</param>
/// <param name="Efficacy">Smallest Z that ends the experiment with a finding.</param>
/// <param name="Futility">Largest Z at which it may end without one; null in a design without futility. Non-binding.</param>
/// <param name="Spent">One-sided error spent so far.</param>
/// <param name="NominalLevel">One-sided p that belongs to <paramref name="Efficacy"/>.</param>
public sealed record GroupSequentialLook(double Share, double Efficacy, double? Futility, double Spent, double NominalLevel);
