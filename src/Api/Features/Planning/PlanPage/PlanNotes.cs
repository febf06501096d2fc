using System.Globalization;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>How to read the page, and what the plan was made from.</summary>
internal static class PlanNotes
{
    public static Markup Render(PlanningRun run, PlanningSpecification specification, PlanDocument plan, MoneyText money) => Html.Of($"""
        <section class="notes">
        <h2>How to read this</h2>
        <dl>
        <dt>Expected value</dt><dd>What the sends are expected to add to the contribution, after their cost, compared with sending nothing.</dd>
        {(plan.Correction?.Status == PlanCorrection.Corrected ? Html.Of($"""<dt>Corrected</dt><dd>Only the headline: what members whom the model had not learnt from did takes off what picking the highest predictions overstates. All values in plots and tables are as predicted.</dd>""") : Markup.Empty)}
        <dt>Best possible</dt><dd>A bound that no plan within the same rules can pass, recomputed from the data apart from the solver. The plan lies within {Numbers.Gap(plan.Certificate.RelativeGap)} of it{Random(plan)}.</dd>
        <dt>Price of a rule</dt><dd>What one unit more of room is worth, where the rest of the plan follows. It falls as the bound is relaxed: the curve of the value bends.</dd>
        <dt>Drawn at random</dt><dd>{MoneyText.Count(plan.Exploration.Members)} members ({Numbers.Share(plan.Exploration.Share)}), {MoneyText.Count(plan.Exploration.Sends)} sends for {money.Say(plan.Exploration.Cost)}; that gives up at most {money.Say(plan.Exploration.ForgoneValueAtMost)} and is what the next model learns from. Every budget in the plots keeps the same draw.</dd>
        <dt>An unsubscribe</dt><dd>is reckoned to lose {money.Say(plan.Assumptions.UnsubscribeLoss)}, with a probability of {Numbers.Share(plan.Assumptions.UnsubscribeRate)} per mail{(plan.Assumptions.UnsubscribeLossAssumed ? " (assumed: a year of weekly mails)" : "")}.</dd>
        </dl>
        </section>
        <footer>
        <h2>Method and data</h2>
        <p>Allocation as a linear program over all members and campaigns, solved by {plan.Certificate.Solver}{(plan.Certificate.Blocks > 1 ? $" in {MoneyText.Count(plan.Certificate.Blocks)} random blocks" : "")}; {MoneyText.Count(plan.Certificate.UnitsFixedInRounding)} {(plan.Certificate.UnitsFixedInRounding == 1 ? "decision" : "decisions")} settled in rounding. Other bounds are solved again from the prices of this plan.</p>
        <dl class="data">
        <dt>Run</dt><dd>{PlanningNames.Of(run.Id)}</dd>
        <dt>Model</dt><dd>{specification.Model}, version {plan.ModelVersion}</dd>
        <dt>Seed</dt><dd>{specification.Seed.ToString(CultureInfo.InvariantCulture)}</dd>
        {Html.Each(plan.Digests, digest => Html.Of($"<dt>{digest.Key}, SHA-256</dt><dd><code>{digest.Value}</code></dd>\n"))}</dl>
        </footer>
        """);

    private static string Random(PlanDocument plan) => plan.Exploration.Members > 0 && plan.Certificate.DualBound.Amount > 0
        ? $", of which what is drawn at random takes up to {Numbers.Gap((double)(plan.Exploration.ForgoneValueAtMost.Amount / plan.Certificate.DualBound.Amount))}"
        : "";
}
