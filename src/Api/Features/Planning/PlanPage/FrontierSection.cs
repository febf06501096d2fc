using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>What other budgets would come to.</summary>
internal static class FrontierSection
{
    public static Markup Render(PlanDocument plan, MoneyText money) => plan.Frontier is not { Points.Count: > 1 } frontier ? Markup.Empty : Html.Of($"""
        <section>
        <h2>What a {money.Unit} is worth</h2>
        <div class="figures">
        <figure>
        <figcaption>Expected value by budget</figcaption>
        {FrontierPlots.Value(frontier, money, "value")}
        <p class="legend"><span><i class="dot fill-arm1"></i>best plan for each budget</span> <span><i class="dot fill-arm2"></i>this plan, and the worth of its last {money.Unit} as slope</span></p>
        </figure>
        <figure>
        <figcaption>What one more {money.Unit} brings, by budget</figcaption>
        {FrontierPlots.Price(frontier, money, "price")}
        <p class="legend"><span><i class="dot fill-arm1"></i>value of the next {money.Unit}, after that {money.Unit} is paid</span> <span><i class="dot fill-arm2"></i>this plan</span></p>
        </figure>
        <figure>
        <figcaption>Expected value by number of sends</figcaption>
        {FrontierPlots.Volume(plan, frontier, money, "volume")}
        <p class="legend"><span><i class="dot fill-arm1"></i>best plans</span> <span><i class="dot fill-arm2"></i>this plan</span> {Html.Each(FrontierPlots.Policies(plan, frontier).Index(), policy => Html.Of($"""<span><i class="dot fill-{FrontierPlots.InkOf(policy.Index).Name}"></i>{PoliciesSection.Title(policy.Item)}</span> """))}</p>
        </figure>
        <div class="stack">
        <figure>
        <figcaption>Expected value by campaign, with 95 % interval</figcaption>
        {PlanPlots.Campaigns(plan, money, "campaigns")}
        </figure>
        {(plan.SendHours.Sum() == 0 ? Markup.Empty : Html.Of($"""
        <figure>
        <figcaption>Mails by hour of the recipient's day</figcaption>
        {PlanPlots.Hours(plan, "hours")}
        </figure>
        """))}
        </div>
        </div>
        {(frontier.InfeasibleUpTo is { } none ? Html.Of($"""<p class="note">No plan keeps all rules with a budget of {money.Say(none)} or less: other rules, or the members drawn at random, ask for more than that buys.</p>""") : Markup.Empty)}
        {Table(frontier, money)}
        </section>
        """);

    private static Markup Table(FrontierView frontier, MoneyText money) => Html.Of($"""
        <div class="wide"><table>
        <thead><tr><th scope="col">Budget</th><th scope="col">Share of this plan's</th><th scope="col">Expected value</th><th scope="col">Best possible, at most</th><th scope="col">Sends</th><th scope="col">Cost</th><th scope="col">One more {money.Unit} brings</th></tr></thead>
        <tbody>
        {Html.Each(frontier.Points, point => Html.Of($"""
        <tr{(point.Share == 1 ? new Markup(" class=\"present\"") : Markup.Empty)}><th scope="row">{money.Say(point.Budget)}</th><td>{Numbers.Share(point.Share)}</td><td>{money.Say(point.Value)}</td><td>{money.Say(point.DualBound)}</td><td>{MoneyText.Count(point.Sends)}</td><td>{money.Say(point.Cost)}</td><td>{money.Say(point.Price)}</td></tr>

        """))}</tbody>
        </table></div>
        """);
}
