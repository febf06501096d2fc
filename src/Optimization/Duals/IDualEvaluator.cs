namespace Noah.Optimization.Duals;

/// <summary>
/// One evaluation of the dual function of a program: the whole population priced, its best actions found, what they use summed. The seam at which
/// another device or other machines take over; everything else of the refinement is a few operations on vectors of one number a row.
/// </summary>
public interface IDualEvaluator
{
    /// <summary>Prices the population.</summary>
    /// <param name="prices">Price of each row, ≤ 0 only where the row has a lower bound, ≥ 0 only where it has an upper one; shape [rows].</param>
    /// <param name="smoothing">
    /// Ridge γ ≥ 0, a share: each unit maximises Σ s·x − γ/2·Σ w·x² under its caps, w being the size of the edge's value (DuaLip's perturbation, noah.md
    /// §3.2, made relative). 0 is the exact dual, with ties broken towards the first edge.
    /// </param>
    /// <returns>Values, uses and curvature; owned by the caller.</returns>
    DualEvaluation Evaluate(ReadOnlySpan<double> prices, double smoothing);
}
