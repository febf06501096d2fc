using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>What one bound costs the plan, in money.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Kind">What the row limits.</param>
/// <param name="Side">The bound that has a price; the upper one when neither has.</param>
/// <param name="Bound">Its value; null when the row has no bound on that side.</param>
/// <param name="Use">Use by the plan.</param>
/// <param name="IsBinding">Whether the use touches a bound.</param>
/// <param name="PricePerUnit">
/// What moving the bound by one unit in the plan's favour (upper up, lower down) adds to the objective, ≥ 0: "one more dollar of budget
/// is worth …". Exact for a small enough move, an upper limit for any.
/// </param>
/// <param name="DroppingIsWorthAtMost">Certified upper limit of what the objective gains when the row is dropped altogether, ≥ 0; from
/// the Lagrangian, not re-solved. Rows beyond the <see cref="PlanExplanation.MostRowsPricedApart"/> dearest share one: that of dropping all of
/// them.</param>
public sealed record RulePrice(
    string Name, RowKind Kind, BoundSide Side, double? Bound, double Use, bool IsBinding, double PricePerUnit, double DroppingIsWorthAtMost)
{
    /// <summary>Room left to <see cref="Bound"/>: how far the use lies inside it, negative when outside; null without a bound.</summary>
    public double? Slack => Side == BoundSide.Lower ? Use - Bound : Bound - Use;
}
