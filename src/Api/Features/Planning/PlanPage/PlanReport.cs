using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>The page of a planning run: what it is worth first, then what a dollar is worth, what the rules cost, and who was left out why.</summary>
internal static class PlanReport
{
    public static Markup Render(PlanningRun run)
    {
        var specification = PlanningRunView.SpecificationOf(run);
        var money = new MoneyText(specification.Budget.Currency);
        return PageLayout.Page($"{run.Name} – plan", Html.Of($"""
            <main>
            {Header(run, specification)}
            {(PlanDocument.Of(run) is { } plan ? Body(run, specification, plan, money) : Unsolved(run))}
            </main>
            """));
    }

    private static Markup Header(PlanningRun run, PlanningSpecification specification) => Html.Of($"""
        <header>
        <p class="kicker">Budget plan · {run.State.ToString().ToLowerInvariant()}</p>
        <h1>{run.Name}</h1>
        <p class="facts"><span>{specification.Campaigns.Count} {(specification.Campaigns.Count == 1 ? "campaign" : "campaigns")}, one decision per {specification.Unit}</span>
        <span>effects over {PlanningTerms.ParseHorizon(specification.Horizon)!.Value.TotalDays.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} days</span>
        <span>{(run.SolvedAt is { } solved ? $"solved {Numbers.Day(solved)}" : $"created {Numbers.Day(run.CreatedAt)}")}</span> {Badge(run)}</p>
        </header>
        """);

    private static Markup Badge(PlanningRun run) => PlanDocument.Of(run) is { } plan
        ? Html.Of($"""<span class="badge good">✓ within {Numbers.Gap(plan.Certificate.RelativeGap)} of the best possible</span>""")
        : run.Conflict is not null ? Html.Of($"""<span class="badge bad">✗ the rules contradict each other</span>""") : Html.Of($"""<span class="badge">not solved yet</span>""");

    private static Markup Body(PlanningRun run, PlanningSpecification specification, PlanDocument plan, MoneyText money) => Html.Of($"""
        {Headline.Render(specification, plan, money)}
        <div class="verdict">{Html.Each(plan.Summary.Take(plan.Correction is null ? 2 : 3), sentence => Html.Of($"<p>{sentence}</p>"))}</div>
        {Warnings(plan)}
        {FrontierSection.Render(plan, money)}
        {RulesSection.Render(plan, money)}
        {VolumesSection.Render(plan, money)}
        {PoliciesSection.Render(plan, money)}
        {WaterfallSection.Render(plan)}
        {PlanNotes.Render(run, specification, plan, money)}
        """);

    private static Markup Warnings(PlanDocument plan) => plan.Warnings.Count == 0 ? Markup.Empty : Html.Of($"""
        <aside class="warnings" aria-label="Warnings">
        <h2>Read with care</h2>
        <ul>
        {Html.Each(plan.Warnings, warning => Html.Of($"<li>{warning}</li>\n"))}</ul>
        </aside>
        """);

    private static Markup Unsolved(PlanningRun run) => run.Conflict?.Deserialize<PlanConflict>(OperationJson.Options) is not { } conflict
        ? Html.Of($"""<div class="verdict"><p>This run has no plan yet.</p></div>""")
        : Html.Of($"""
            <div class="verdict"><p>No plan keeps all rules of this run. {PlanRefusal.Lead(conflict.Rules)}</p></div>
            <section>
            <h2>The conflict</h2>
            <ul class="conclusions">
            {Html.Each(conflict.Rules, rule => Html.Of($"""<li class="down">{rule.Message}{"\n"}<small><code>{rule.Pointer}</code></small></li>"""))}</ul>
            <p class="note">Make another run with {(conflict.Rules.All(rule => rule.Code == PlanRefusal.AnyOne) ? "one of these bounds" : "these bounds")} moved as far as it says; should rules conflict elsewhere, too, that run will tell. The code says where each stands in the run's specification.</p>
            </section>
            """);
}
