using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>What other ways of sending would come to.</summary>
internal static class PoliciesSection
{
    public static Markup Render(PlanDocument plan, MoneyText money) => Html.Of($"""
        <section>
        <h2>Instead of this plan</h2>
        <div class="wide"><table>
        <thead><tr><th scope="col">Policy</th><th scope="col">Sends</th><th scope="col">Cost</th><th scope="col">Expected value</th><th scope="col">The plan adds</th><th scope="col">Keeps the budget</th></tr></thead>
        <tbody>
        <tr class="present"><th scope="row">This plan</th><td>{MoneyText.Count(plan.Totals.Sends)}</td><td>{money.Say(plan.Totals.Cost)}</td><td>{money.Say(plan.Totals.IncrementalValue.Expected)}</td><td></td><td>yes</td></tr>
        {Html.Each(plan.Comparisons, policy => Html.Of($"""
        <tr><th scope="row">{Title(policy)}<br><small>{policy.Description}</small></th><td>{MoneyText.Count(policy.Sends)}</td><td>{money.Say(policy.Cost)}</td><td>{money.Say(policy.IncrementalValue)}</td><td>{Numbers.Signed(money, policy.PlanAdds)}</td><td>{(policy.KeepsBudget ? "yes" : "no")}</td></tr>

        """))}</tbody>
        </table></div>
        </section>
        """);

    /// <summary>A policy's name as people say it.</summary>
    public static string Title(Comparison policy) => policy.Policy switch
    {
        PlanComparisons.Random => "at random, as many",
        PlanComparisons.SendToAll => "the best for everybody",
        PlanComparisons.Previous => "the plan before",
        _ => policy.Policy,
    };
}
