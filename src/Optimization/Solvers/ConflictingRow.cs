namespace Noah.Optimization.Solvers;

/// <summary>Which bound of a row takes part in a conflict.</summary>
public enum BoundSide
{
    /// <summary>The lower bound.</summary>
    Lower,

    /// <summary>The upper bound.</summary>
    Upper,
}

/// <summary>One bound that takes part in the conflict of an infeasible program.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Side">The bound at fault.</param>
/// <param name="Bound">Its value.</param>
/// <param name="Relaxation">
/// By how much it is moved in the least total relaxation, ≥ 0, in the unit of the row. 0 when the row belongs to the conflict
/// but it is cheaper to give way elsewhere.
/// </param>
public sealed record ConflictingRow(string Name, BoundSide Side, double Bound, double Relaxation)
{
    /// <summary>
    /// By how much this bound alone must give way for <see cref="Infeasibility.Minimal"/> to become feasible, &gt; 0, in the unit of the row. Null outside
    /// that set, or when time ran out.
    /// </summary>
    public double? RelaxationAlone { get; init; }
}
