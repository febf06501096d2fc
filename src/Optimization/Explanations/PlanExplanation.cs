using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>What a plan is worth beside simple policies, and what each rule costs it.</summary>
/// <param name="Plan">The plan itself. Doing nothing is worth 0.</param>
/// <param name="SendToAll">Every unit gets its most valuable actions up to its cap, even at a loss, whatever the coupling rules
/// say.</param>
/// <param name="RandomAtEqualRules">
/// Every eligible action is equally likely within a unit, at the largest common rate that keeps every cap and upper bound; lower bounds
/// may be missed.
/// </param>
/// <param name="BestWithoutRules">Value if only the frequency caps held, in money: the upper limit of all plans.</param>
/// <param name="Rules">Each coupling row with its price, dearest binding ones first by
/// <see cref="RulePrice.DroppingIsWorthAtMost"/>.</param>
public sealed record PlanExplanation(
    PolicyValue Plan, PolicyValue SendToAll, PolicyValue RandomAtEqualRules, double BestWithoutRules, IReadOnlyList<RulePrice> Rules)
{
    /// <summary>
    /// Rows whose dropping is valued by a pass over the units of its own: the 200 dearest by |price · bound|. The others share one pass and its limit.
    /// </summary>
    public const int MostRowsPricedApart = 200;

    /// <summary>The rows that bind.</summary>
    public IEnumerable<RulePrice> BindingRules => Rules.Where(rule => rule.IsBinding);

    /// <summary>Explains an allocation.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">An allocation of it.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program.</exception>
    public static PlanExplanation Of(AllocationProgram program, Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(allocation);
        ExplanationBorder.CheckAllocation(program, allocation);
        var prices = allocation.DualPrices.ToArray();
        var certificate = allocation.Certificate;
        var rules = certificate.Rows.Zip(Dropping(program, certificate, prices), Price).OrderByDescending(rule => rule.DroppingIsWorthAtMost);
        return new PlanExplanation(
            new PolicyValue(certificate.Objective, ExplanationBorder.Actions(allocation), certificate.Rows),
            BaselinePolicies.SendToAll(program),
            BaselinePolicies.RandomAtEqualRules(program),
            new PriceTable(program, new double[prices.Length]).Bound(),
            [.. rules]);
    }

    /// <summary>What dropping each row is worth at most: the Lagrangian with its price at 0 bounds every plan that ignores the row.</summary>
    private static double[] Dropping(AllocationProgram program, Certificate certificate, double[] prices)
    {
        var dropping = new double[prices.Length];
        int[] dearest =
        [
            .. Enumerable.Range(0, prices.Length).Where(r => prices[r] != 0)
                .OrderByDescending(r => Math.Abs(prices[r]) * ((prices[r] < 0 ? program.Rows[r].Lower : program.Rows[r].Upper) ?? 0)),
        ];
        foreach (var r in dearest.Take(MostRowsPricedApart))
        {
            dropping[r] = WithoutPricesOf([r]);
        }

        var others = dearest.Skip(MostRowsPricedApart).ToArray();
        var shared = others.Length > 0 ? WithoutPricesOf(others) : 0;
        foreach (var r in others)
        {
            dropping[r] = shared;
        }

        return dropping;

        double WithoutPricesOf(ReadOnlySpan<int> rows)
        {
            var without = (double[])prices.Clone();
            foreach (var r in rows)
            {
                without[r] = 0;
            }

            return Math.Max(0, new PriceTable(program, without).Bound() - certificate.Objective);
        }
    }

    private static RulePrice Price(RowCertificate row, double dropping)
    {
        var side = row.DualPrice < 0 || (row.DualPrice == 0 && row.Upper is null) ? BoundSide.Lower : BoundSide.Upper;
        var bound = side == BoundSide.Lower ? row.Lower : row.Upper;
        return new RulePrice(row.Name, row.Kind, side, bound, row.Use, row.IsBinding, Math.Abs(row.DualPrice), dropping);
    }
}
