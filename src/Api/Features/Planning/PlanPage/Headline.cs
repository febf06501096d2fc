using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>The four figures that a marketer asks for first.</summary>
internal static class Headline
{
    public static Markup Render(PlanningSpecification specification, PlanDocument plan, MoneyText money)
    {
        var corrected = plan.Correction is { Status: PlanCorrection.Corrected } correction ? correction.IncrementalValue : null;
        var value = corrected ?? plan.Totals.IncrementalValue;
        var budget = plan.Constraints.First(rule => rule.Rule == PlanProgram.Budget);
        return Html.Of($"""
            <div class="tiles">
            {Tile("Expected value", Numbers.Signed(money, value.Expected), $"after its cost; 95 % interval {Numbers.Range(money, value)}{(corrected is null ? "" : $"; {money.Say(plan.Totals.IncrementalValue.Expected)} as predicted")}")}
            {Tile("Sends", MoneyText.Count(plan.Totals.Sends), Reached(plan))}
            {Tile("Spend", money.Say(plan.Totals.Cost), $"of a budget of {money.Say(specification.Budget)}")}
            {Tile($"One more {money.Unit}", budget.Binding ? $"{money.Say(budget.Price)}" : "nothing", Band(budget, money))}
            </div>
            """);
    }

    private static Markup Tile(string label, string figure, string note) => Html.Of($"""
        <div class="tile"><p class="label">{label}</p><p class="figure">{figure}</p><p class="under">{note}</p></div>

        """);

    private static string Reached(PlanDocument plan)
    {
        var eligible = plan.Waterfall.Steps.FirstOrDefault(step => step.Step == "holdout")?.Left ?? 0;
        return eligible == 0 ? "" : $"to {Numbers.Share((double)plan.Totals.Sends / eligible)} of {MoneyText.Count(eligible)} eligible members";
    }

    private static string Band(ConstraintView budget, MoneyText money) => budget.Band is { PriceBelow: { } below, PriceAbove: { } above }
        ? $"is what it would bring, after its own cost; {money.Say(below)} with 10 % less budget, {money.Say(above)} with 10 % more"
        : budget.Binding ? "is what it would bring, after its own cost" : "is what it would bring: the budget does not limit this plan";
}
