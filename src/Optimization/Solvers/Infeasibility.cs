namespace Noah.Optimization.Solvers;

/// <summary>
/// Why no allocation exists: the solution of the elastic program, which lets every bound give way and minimises the total relaxation,
/// each measured relative to the size of its bound (at least 1), so that money and counts compare.
/// </summary>
/// <param name="Rows">The conflicting bounds, greatest relative relaxation first; those with a positive relaxation, if applied, make the
/// program feasible.</param>
public sealed record Infeasibility(IReadOnlyList<ConflictingRow> Rows);
