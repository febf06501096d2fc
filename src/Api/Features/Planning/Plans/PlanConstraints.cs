using System.Globalization;
using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Each rule with its use and its price, in words a marketer can act on.</summary>
internal static class PlanConstraints
{
    // A price below a hundredth of a cent is round-off of the solver, not a price.
    private const double RoundOff = 1e-4;

    public static IReadOnlyList<ConstraintView> Of(AllocationOutput allocation, MoneyText money) => [.. allocation.Rows.Select(row =>
    {
        var binds = row.Price > RoundOff;
        return new ConstraintView(
            row.Name, row.Kind, row.Lower, row.Upper, Math.Round(row.Use, 4), binds, money.Of(binds ? row.Price : 0), Say(row, binds, money));
    })];

    private static string Say(RuleRow row, bool binds, MoneyText money)
    {
        if (row.Name == PlanProgram.Budget)
        {
            return binds
                ? $"One more {money.Unit} of budget is worth {money.Say(row.Price)}, after its own cost."
                : $"The budget does not limit this plan: it uses {money.Say(row.Use)} of {money.Say(row.Upper ?? 0)}.";
        }

        var what = row.Name == PlanProgram.MaximumSends ? "the maximum of sends" : $"'{row.Name}'";
        return !binds
            ? $"The bounds of {what} do not limit this plan: it has {Count(row.Use)} sends."
            : row.LowerBinds
                ? $"The minimum of {Count(row.Lower)} sends of {what} costs {money.Say(row.Price)} for its last send."
                : $"One more send above {what}, {Count(row.Upper)}, would be worth {money.Say(row.Price)}.";
    }

    private static string Count(double? count) => (count ?? 0).ToString("#,0", CultureInfo.InvariantCulture);
}
