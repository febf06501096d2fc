using Google.OrTools.ModelBuilder;

namespace Noah.Optimization.Solvers;

/// <summary>What a linear solver ended with.</summary>
/// <param name="Status">Its own word.</param>
/// <param name="Probabilities">x of each edge; null when it has no point; shape [edges].</param>
/// <param name="Prices">Price of each row; empty when it has no point; shape [rows].</param>
internal sealed record LinearPoint(SolveStatus Status, double[]? Probabilities, double[] Prices);
