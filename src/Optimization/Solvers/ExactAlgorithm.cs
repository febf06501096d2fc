namespace Noah.Optimization.Solvers;

/// <summary>The OR-Tools linear solver behind <see cref="ExactSolver"/>.</summary>
public enum ExactAlgorithm
{
    /// <summary>GLOP, dual simplex: a vertex, hence few fractional units; measured 3 to 5 times faster than primal simplex on these
    /// programs (lp.md §1).</summary>
    DualSimplex,

    /// <summary>
    /// PDLP, first order: faster on one large program, but no vertex, and its stopping rule looks at all rows together (lp.md §1.2),
    /// so its point is repaired and the certificate decides what it is worth.
    /// </summary>
    FirstOrder,
}
