namespace Noah.Optimization.Solvers;

/// <summary>How a result came about.</summary>
/// <param name="Solver">The solver and its algorithm, for example <c>glop dual simplex</c>.</param>
/// <param name="Blocks">Number of blocks solved apart and put together; 1 for an exact solve.</param>
/// <param name="Attempts">Number of partitions tried, more than 1 when a block was infeasible and blocks were enlarged.</param>
public sealed record SolveDiagnostics(string Solver, int Blocks = 1, int Attempts = 1);
