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
        var prices = allocation.DualPrices.ToArray();
        var certificate = Certificate.Of(program, allocation.Probabilities, prices);
        var free = new PriceTable(program, new double[prices.Length]).Bound();
        var rules = program.Rows.Select((_, r) => Price(program, certificate, prices, r)).OrderByDescending(rule => rule.DroppingIsWorthAtMost);
        return new PlanExplanation(
            Value(program, allocation.Probabilities),
            Value(program, BaselinePolicies.SendToAll(program)),
            Value(program, BaselinePolicies.RandomAtEqualRules(program)),
            free,
            [.. rules]);
    }

    private static PolicyValue Value(AllocationProgram program, EdgeProbabilities x)
    {
        var certificate = Certificate.Of(program, x, default);
        var actions = 0.0;
        foreach (var probability in x.Values)
        {
            actions += probability;
        }

        return new PolicyValue(certificate.Objective, actions, certificate.Rows);
    }

    private static RulePrice Price(AllocationProgram program, Certificate certificate, double[] prices, int r)
    {
        var row = certificate.Rows[r];
        var dropping = 0.0;
        if (row.DualPrice != 0)
        {
            // The Lagrangian with this price at 0 bounds every plan that ignores the row.
            var without = (double[])prices.Clone();
            without[r] = 0;
            dropping = Math.Max(0, new PriceTable(program, without).Bound() - certificate.Objective);
        }

        var side = row.DualPrice < 0 || (row.DualPrice == 0 && row.Upper is null) ? BoundSide.Lower : BoundSide.Upper;
        var bound = side == BoundSide.Lower ? row.Lower : row.Upper;
        return new RulePrice(row.Name, row.Kind, side, bound, row.Use, row.IsBinding, Math.Abs(row.DualPrice), dropping);
    }
}
