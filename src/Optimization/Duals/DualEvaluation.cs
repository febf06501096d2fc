namespace Noah.Optimization.Duals;

/// <summary>What one evaluation of the dual came to.</summary>
/// <param name="SmoothValue">Σ over units of the best smoothed reduced value, in money; the bounds' part of the dual is not in it.</param>
/// <param name="ExactValue">Σ over units of the best reduced value without smoothing, in money.</param>
/// <param name="Uses">Σ coefficient · x of the smoothed choices; shape [rows].</param>
/// <param name="Curvature">Where the choices are between two vertices, and so how the uses answer to prices.</param>
public sealed record DualEvaluation(double SmoothValue, double ExactValue, double[] Uses, FreeGroups Curvature);
