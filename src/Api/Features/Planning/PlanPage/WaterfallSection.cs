using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>The way from the audiences to the chosen.</summary>
internal static class WaterfallSection
{
    public static Markup Render(PlanDocument plan)
    {
        var all = Math.Max(1, plan.Waterfall.Steps[0].Left);
        return Html.Of($"""
            <section>
            <h2>From the audiences to the chosen</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">Step</th><th scope="col">Left</th><th scope="col"></th><th scope="col">Removed</th><th scope="col" class="words">Why</th></tr></thead>
            <tbody>
            {Html.Each(plan.Waterfall.Steps, step => Html.Of($"""
            <tr{(step.Step == "chosen" ? new Markup(" class=\"present\"") : Markup.Empty)}><th scope="row">{Title(step.Step)}</th><td>{MoneyText.Count(step.Left)}</td><td>{Bar.Draw((double)step.Left / all, $"{Numbers.Share((double)step.Left / all)} of the audiences", step.Step == "chosen" ? "fill-arm2" : "fill-arm1")}</td><td>{(step.Removed == 0 ? Numbers.Missing : "−" + MoneyText.Count(step.Removed))}</td><td class="words">{Why(step)}</td></tr>

            """))}</tbody>
            </table></div>
            </section>
            """);
    }

    private static string Title(string step) => step switch
    {
        "audience" => "In the audiences",
        "account" => "with an account",
        "consent" => "may be contacted",
        "weeklyCap" => "with room under the weekly cap",
        "holdout" => "outside the holdout",
        DecisionReason.OtherContact => "its account's contact",
        DecisionReason.NotWorthIt => "worth a send",
        DecisionReason.OtherCampaign => "without a better campaign",
        DecisionReason.Outbid => "within the rules",
        DecisionReason.ExploredNoSend => "not drawn to get nothing",
        _ => "Chosen",
    };

    private static string Why(WaterfallStep step) => step.Step switch
    {
        "consent" when step.Reasons is { } reasons => string.Join(", ", reasons.Select(reason => $"{MoneyText.Count(reason.Value)} {Words(reason.Key)}")),
        "account" when step.Removed > 0 => "they belong to no account",
        "weeklyCap" when step.Removed > 0 => "already written to that week",
        "holdout" when step.Removed > 0 => "kept apart to measure what all sending does",
        DecisionReason.OtherContact when step.Removed > 0 => "a colleague is worth more as the contact",
        DecisionReason.NotWorthIt when step.Removed > 0 => "no send is expected to pay for itself",
        DecisionReason.Outbid when step.Removed > 0 => "the room goes to others who are worth as much or more",
        DecisionReason.ExploredNoSend when step.Removed > 0 => "drawn at random, so that the next plan can learn",
        _ => "",
    };

    private static string Words(string reason) => reason switch
    {
        "noConsent" => "without consent",
        "suppressed" => "suppressed",
        "invalidAddress" => "without an address",
        "objected" => "objected to advertising",
        "alreadyPlanned" => "reached before",
        _ => reason,
    };
}
