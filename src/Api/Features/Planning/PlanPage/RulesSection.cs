using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>Each rule with its use, its room and its price, and the price a tenth to either side.</summary>
internal static class RulesSection
{
    public static Markup Render(PlanDocument plan, MoneyText money) => Html.Of($"""
        <section>
        <h2>What the rules cost</h2>
        <ul class="conclusions">
        {Html.Each(plan.Constraints, rule => Html.Of($"""<li class="{(rule.Binding ? "shift" : "flat")}">{rule.Sentence}</li>{"\n"}"""))}</ul>
        <div class="wide"><table>
        <thead><tr><th scope="col">Rule</th><th scope="col">Use</th><th scope="col"></th><th scope="col">Minimum</th><th scope="col">Maximum</th><th scope="col">Slack</th><th scope="col">Price per unit</th><th scope="col">at −10 %</th><th scope="col">at +10 %</th></tr></thead>
        <tbody>
        {Html.Each(plan.Constraints, rule => Row(rule, money))}</tbody>
        </table></div>
        <p class="note">The price is what moving the bound by one unit ({money.Unit} or send) in the plan's favour adds to its value. Slack is the room left to the bound that the price speaks of.
        The last two columns are prices of plans solved again with that bound a tenth lower and a tenth higher.</p>
        </section>
        """);

    /// <summary>A rule's name as people say it.</summary>
    public static string Title(string rule) => rule switch
    {
        PlanProgram.Budget => "Budget",
        PlanProgram.MaximumSends => "Maximum of sends",
        _ => char.ToUpperInvariant(rule[0]) + rule[1..],
    };

    private static Markup Row(ConstraintView rule, MoneyText money)
    {
        var full = rule.Maximum ?? Math.Max(rule.Use, rule.Minimum ?? 0);
        var share = full > 0 ? rule.Use / full : 0;
        return Html.Of($"""
            <tr><th scope="row">{Title(rule.Rule)}</th><td>{Numbers.Of(rule, rule.Use, money)}</td><td>{Bar.Draw(share, $"{Numbers.Share(share)} used", rule.Binding ? "fill-arm2" : "fill-arm1", full > 0 ? rule.Minimum / full : null)}</td><td>{Numbers.Of(rule, rule.Minimum, money)}</td><td>{Numbers.Of(rule, rule.Maximum, money)}</td><td>{Numbers.Of(rule, rule.Slack, money)}</td><td class="{(rule.Binding ? "headline" : "")}">{(rule.Binding ? money.Say(rule.Price) : "0")}</td><td>{Price(rule.Band?.PriceBelow, rule.Band, money)}</td><td>{Price(rule.Band?.PriceAbove, rule.Band, money)}</td></tr>

            """);
    }

    private static string Price(Platform.Http.Money? price, PriceBand? band, MoneyText money) =>
        band is null ? Numbers.Missing : price is null ? "no plan" : price.Amount == 0 ? "0" : money.Say(price);
}
