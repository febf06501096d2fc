namespace Noah.Optimization.Solvers;

/// <summary>How far a solve is.</summary>
/// <param name="Stage">What it is doing: <c>sample</c>, <c>refine</c>, <c>core</c>, <c>blocks</c>, <c>certify</c>.</param>
/// <param name="Completed">Steps of the stage that are done.</param>
/// <param name="Total">Steps that the stage takes at most.</param>
public sealed record SolveProgress(string Stage, int Completed, int Total);
