using System.Globalization;
using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Each rule with its use and its price, in words a marketer can act on.</summary>
internal static class PlanConstraints
{
    // A price below a hundredth of a cent is round-off of the solver, not a price.
    private const double RoundOff = 1e-4;

    public static IReadOnlyList<ConstraintView> Of(IReadOnlyList<RuleRow> rows, MoneyText money, FrontierOutput? frontier = null) => [.. rows.Select(row =>
    {
        var price = Price(row.Price);
        var band = Array.Find(frontier?.Bands ?? [], band => band.Rule == row.Name);
        return new ConstraintView(
            row.Name, row.Kind, row.Lower, row.Upper, Math.Round(row.Use, 4), price > 0, money.Of(price),
            string.Join(' ', new[] { Say(row, price > 0, money), SayBand(row, price, band, money) }.Where(text => text.Length > 0)),
            Slack(row),
            band is null ? null : Show(band, money));
    })];

    /// <summary>The price, or 0 where it is round-off.</summary>
    public static double Price(double price) => price > RoundOff ? price : 0;

    private static double? Slack(RuleRow row) => Math.Round(row.IsPricedAtLower ? row.Use - row.PricedBound : row.PricedBound - row.Use, 4) + 0.0;

    private static PriceBand Show(RuleBand band, MoneyText money) => new(
        Math.Round(band.BoundBelow, 4),
        band.PriceBelow is { } below ? money.Of(Price(below)) : null,
        Math.Round(band.BoundAbove, 4),
        band.PriceAbove is { } above ? money.Of(Price(above)) : null);

    private static string Say(RuleRow row, bool binds, MoneyText money)
    {
        if (row.Kind == RuleRow.Money)
        {
            var what = row.Name == PlanProgram.Budget ? "budget" : $"'{row.Name}'";
            return !binds && row.Name == PlanProgram.Budget ? $"The budget does not limit this plan: it uses {money.Say(row.Use)} of {money.Say(row.PricedBound)}."
                : !binds ? $"The bounds of {what} do not limit this plan: it uses {money.Say(row.Use)} of {money.Say(row.PricedBound)}."
                : row.LowerBinds ? $"The minimum of {money.Say(row.Lower ?? 0)} for {what} costs {money.Say(row.Price)} for its last {money.Unit}."
                : $"One more {money.Unit} of {what} is worth {money.Say(row.Price)}, after its own cost.";
        }

        var volume = row.Name == PlanProgram.MaximumSends ? "the maximum of sends" : $"'{row.Name}'";
        return !binds ? $"The bounds of {volume} do not limit this plan: it has {Count(row.Use)} sends."
            : row.LowerBinds ? $"The minimum of {Count(row.Lower)} sends of {volume} costs {money.Say(row.Price)} for its last send."
            : $"One more send above {volume}, {Count(row.Upper)}, would be worth {money.Say(row.Price)}.";
    }

    private static string SayBand(RuleRow row, double price, RuleBand? band, MoneyText money)
    {
        if (band is not { PriceBelow: { } below, PriceAbove: { } above } || Price(below) + price + Price(above) == 0)
        {
            return "";
        }

        string Bound(double bound) => row.Kind == RuleRow.Money ? money.Say(bound) : Count(bound);
        return $"At {Bound(band.BoundBelow)} that would be {money.Say(Price(below))}, at {Bound(band.BoundAbove)} {money.Say(Price(above))}.";
    }

    private static string Count(double? count) => (count ?? 0).ToString("#,0.#", CultureInfo.InvariantCulture);
}
