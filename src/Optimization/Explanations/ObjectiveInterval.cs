namespace Noah.Optimization.Explanations;

/// <summary>Certified limits of the best objective under other bounds, known without solving again.</summary>
/// <param name="Lower">
/// Worth of the old allocation, shrunk as a whole into the new upper bounds; null when that does not keep every new bound, so that nothing is certain.
/// </param>
/// <param name="Upper">Lagrangian of the changed program at the old prices, in money; it limits every allocation of it, if there is one.</param>
public sealed record ObjectiveInterval(double? Lower, double Upper);
