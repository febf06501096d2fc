namespace Noah.Optimization.Solvers;

/// <summary>
/// Why no allocation exists: the solution of the elastic program, which lets every bound give way and minimises the total relaxation,
/// each measured relative to the size of its bound (at least 1), so that money and counts compare. Caps of units never give way.
/// </summary>
/// <param name="Rows">The conflicting bounds, greatest relative relaxation first; those with a positive relaxation, if applied, make the
/// program feasible. The least to 1e-6 relative, or as near to it as the time limit allowed.</param>
public sealed record Infeasibility(IReadOnlyList<ConflictingRow> Rows)
{
    /// <summary>
    /// An irreducible conflict: these bounds alone leave no allocation, and without any one of them the others do (Chinneck's irreducible infeasible
    /// subsystem, by deletion filter). One of several when rules conflict in more than one place. In the order of <see cref="Rows"/>; empty when it was
    /// not sought or time ran out.
    /// </summary>
    public IReadOnlyList<ConflictingRow> Minimal { get; init; } = [];

    /// <summary>Row prices that prove the conflict on the whole program, of <see cref="Minimal"/> when there is one; null when no elastic program was
    /// solved.</summary>
    public FarkasProof? Proof { get; init; }
}
