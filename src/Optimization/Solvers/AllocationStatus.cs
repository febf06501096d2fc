namespace Noah.Optimization.Solvers;

/// <summary>Outcome of a solve. Only <see cref="Optimal"/> and <see cref="Feasible"/> carry an allocation.</summary>
public enum AllocationStatus
{
    /// <summary>Feasible, and the certified relative gap is at most <see cref="AllocationResult.OptimalGap"/>.</summary>
    Optimal,

    /// <summary>Feasible, with a larger certified gap.</summary>
    Feasible,

    /// <summary>No allocation satisfies all rows; <see cref="AllocationResult.Infeasibility"/> says which ones conflict and by how
    /// much.</summary>
    Infeasible,

    /// <summary>The time limit passed before a feasible allocation was known.</summary>
    TimeLimit,

    /// <summary>The solver stopped at a point that violates a row or a cap beyond the tolerance of the certificate, or broke down
    /// numerically.</summary>
    NotConverged,
}
