using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>What one coupling row came to, recomputed on the original program.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Kind">What the row limits.</param>
/// <param name="Lower">Lower bound, or null.</param>
/// <param name="Upper">Upper bound, or null.</param>
/// <param name="Use">Σ coefficient · x, in the unit of the coefficients.</param>
/// <param name="DualPrice">
/// Change of the objective per unit of the bound, in money: ≥ 0 at the upper bound ("one more dollar of budget is worth …"),
/// ≤ 0 at the lower bound (what one more unit of the obligation costs). 0 when no prices were given.
/// </param>
/// <param name="LowerSlack">Use − Lower, negative when violated; null without a lower bound.</param>
/// <param name="UpperSlack">Upper − Use, negative when violated; null without an upper bound.</param>
/// <param name="Violation">By how much the use lies outside its bounds; exactly 0 when it does not.</param>
public sealed record RowCertificate(
    string Name,
    RowKind Kind,
    double? Lower,
    double? Upper,
    double Use,
    double DualPrice,
    double? LowerSlack,
    double? UpperSlack,
    double Violation)
{
    /// <summary>Whether the use touches a bound, within 1e-6 of the bound's size.</summary>
    public bool IsBinding => Touches(UpperSlack, Upper) || Touches(LowerSlack, Lower);

    /// <summary>Violation relative to the size of the bound (at least 1).</summary>
    public double RelativeViolation => Violation == 0 ? 0 : Violation / Math.Max(1, Math.Abs((Use < Lower ? Lower : Upper) ?? 0));

    private static bool Touches(double? slack, double? bound) => slack <= 1e-6 * Math.Max(1, bound ?? 0);
}
