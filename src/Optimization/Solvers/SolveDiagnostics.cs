namespace Noah.Optimization.Solvers;

/// <summary>How a result came about.</summary>
/// <param name="Solver">The solver and its algorithm, for example <c>glop dual simplex</c>.</param>
/// <param name="Blocks">Number of blocks solved apart and put together; 1 for an exact solve.</param>
/// <param name="Attempts">Number of partitions tried, more than 1 when a block was infeasible and blocks were enlarged; or of
/// cores, more than 1 when the first was too small.</param>
/// <param name="FullPasses">Sweeps over the whole population by the dual refinement; 0 for other solvers.</param>
/// <param name="CoreUnits">Units whose choices were left to a linear program at the end of a dual refinement; 0 for other solvers.</param>
public sealed record SolveDiagnostics(string Solver, int Blocks = 1, int Attempts = 1, int FullPasses = 0, int CoreUnits = 0);
