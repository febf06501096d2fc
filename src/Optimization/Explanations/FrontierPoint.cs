using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>One bound on a frontier. Figures are null when the program has no allocation there.</summary>
/// <param name="Multiple">Bound as a multiple of the program's.</param>
/// <param name="Bound">The bound, in the unit of the row.</param>
/// <param name="Status">Outcome of the solve.</param>
/// <param name="Objective">Value of the allocation, in money.</param>
/// <param name="DualBound">Certified upper limit of the value: the least of all points' Lagrangians at this bound, hence concave along the
/// frontier.</param>
/// <param name="Actions">Expected number of actions.</param>
/// <param name="Use">Use of the row.</param>
/// <param name="Price">Dual price of the row, signed as in the certificate: the slope of the frontier.</param>
public sealed record FrontierPoint(
    double Multiple, double Bound, AllocationStatus Status, double? Objective, double? DualBound, double? Actions, double? Use, double? Price);
