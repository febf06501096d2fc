namespace Noah.Optimization.Duals;

/// <summary>How far a refinement goes.</summary>
/// <param name="TargetFreeUnits">Units between two choices at which smoothing is small enough; 0 when only the bias counts.</param>
/// <param name="TargetBias">Or the relative difference between smoothed and exact dual at which it is; 0 when only the units count.</param>
/// <param name="LevelTolerance">Relative decrement at which a level of smoothing is left for the next.</param>
/// <param name="Tolerance">Relative decrement at which the last level is done.</param>
/// <param name="MostPasses">Sweeps after which the refinement stops wherever it is.</param>
/// <param name="TolerableImbalance">Units by which uses may still miss bounds at the end, since what follows can move them; 0 for none.</param>
internal sealed record RefinementPlan(
    int TargetFreeUnits, double TargetBias, double LevelTolerance, double Tolerance, int MostPasses, double TolerableImbalance = 0)
{
    // Scores are single precision: a band narrower than this is round-off.
    private const double SharpestSmoothing = 3e-7;
    // A level has done its work when what is out of balance is a small part of what it can still move.
    private const double ImbalanceOfALevel = 0.05;

    public bool IsSharp(DualEvaluation evaluation, double smoothing, double dual) =>
        (TargetFreeUnits > 0 && evaluation.Curvature.Units <= TargetFreeUnits)
        || (TargetBias > 0 && evaluation.ExactValue - evaluation.SmoothValue <= TargetBias * Math.Abs(dual))
        || smoothing <= SharpestSmoothing;

    public bool IsBalanced(double imbalance, DualEvaluation evaluation, bool isLast) =>
        TolerableImbalance > 0 && imbalance <= (isLast ? TolerableImbalance : ImbalanceOfALevel * evaluation.Curvature.Units);

    /// <summary>Factor for the next level: free units fall in proportion to the smoothing.</summary>
    public double Shrink(DualEvaluation evaluation) =>
        TargetFreeUnits > 0 ? 0.8 * TargetFreeUnits / Math.Max(1.0, evaluation.Curvature.Units) : 0.3;
}
