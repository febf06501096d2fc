using Noah.Api.Platform.Pages;
using static Noah.Api.Features.Models.CardPage.CardNumbers;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>What each action adds, for whom, and how far either may be believed.</summary>
internal static class UpliftSection
{
    public static Markup Render(ModelCard card)
    {
        if (card.Increments.Count == 0)
        {
            return Markup.Empty;
        }

        var unit = card.Value!.Unit;
        var firstSentence = card.Summary.Count - card.Increments.Count;
        return Html.Of($"""
            <section class="metric">
            <h2>What each action adds</h2>
            <ul class="conclusions">
            {Html.Each(card.Increments.Index(), pair => Html.Of($"""
                <li class="{Tone(pair.Item)}">{(firstSentence > 0 ? card.Summary[firstSentence + pair.Index] : pair.Item.Action)}</li>

                """))}</ul>
            <div class="figures half"><figure><figcaption>Average increment per member</figcaption>{CardPlots.Increments(card.Increments, unit, "increments")}</figure></div>
            {Html.Each(card.Increments.Index(), pair => Action(pair.Item, unit, pair.Index + 1))}
            <p class="note">{card.IncrementRule}</p>
            </section>
            """);
    }

    private static string Tone(CardIncrement increment) => increment.Evidence == IncrementEvidence.None ? "flat" : increment.AverageEffect > 0 ? "up" : "down";

    private static Markup Action(CardIncrement increment, string unit, int arm) => increment.HeldOut is not { } heldOut ? Markup.Empty : Html.Of($"""
        <h3>{increment.Action}: who gains more? {Badge(increment)}</h3>
        <div class="figures">
        {(heldOut.Curve.Count > 1 ? Html.Of($"""
            <figure><figcaption>What choosing members is worth, on {Count(heldOut.Members)} held-out members</figcaption>
            <p class="legend"><span><i class="dot fill-arm{arm}"></i>highest predicted increments first, 95 % band</span><span><i class="dot fill-faint"></i>in random order</span></p>
            {UpliftPlots.Gain(heldOut, increment.Action, unit, arm)}</figure>
            """) : Markup.Empty)}
        {(increment.Groups.Count > 1 ? Html.Of($"""
            <figure><figcaption>Do predicted increments come true?</figcaption>
            <p class="legend"><span><i class="dot fill-arm{arm}"></i>fifths of the training half, cross-fitted</span><span><i class="dot fill-faint"></i>as predicted</span></p>
            {UpliftPlots.Groups(increment, unit, arm)}</figure>
            """) : Markup.Empty)}
        </div>
        <dl class="data">
        <dt>Area under the curve</dt><dd>{Between(heldOut.Auuc, null, null)} {unit} per member; {Between(heldOut.RandomAuuc, null, null)} in random order</dd>
        <dt>Gain over random</dt><dd>{Between(heldOut.Gain, heldOut.GainLower, heldOut.GainUpper)}: {Verdict(heldOut)}</dd>
        <dt>Qini coefficient</dt><dd>{Between(heldOut.Qini, heldOut.QiniLower, heldOut.QiniUpper)}</dd>
        </dl>
        {Candidates(increment)}
        """);

    private static Markup Badge(CardIncrement increment) => increment.Evidence switch
    {
        IncrementEvidence.Individual => Html.Of($"""<span class="badge good">told by {UpliftLearners.Describe(increment.Learner)}</span>"""),
        IncrementEvidence.Average => Html.Of($"""<span class="badge">no evidence: the same for everybody</span>"""),
        _ => Html.Of($"""<span class="badge warn">no evidence of any increment</span>"""),
    };

    private static string Verdict(CardUplift heldOut) => heldOut.Verdict switch
    {
        CardUplift.Better => "better than choosing at random",
        CardUplift.Worse => "worse than choosing at random",
        CardUplift.NoEvidence => "no evidence that it beats choosing at random",
        _ => "too few members to tell",
    };

    private static string Use(CardIncrement increment, CardUpliftCandidate candidate) => candidate.Learner != increment.Learner
        ? ""
        : increment.Evidence == IncrementEvidence.Individual ? "plans use it" : "shown above, not used";

    private static Markup Candidates(CardIncrement increment) => increment.Candidates is not { Count: > 0 } candidates ? Markup.Empty : Html.Of($"""
        <div class="wide"><table>
        <caption>Learners on the training half, each member judged by a model of the other fold; the simplest first. Slope 1: differences come true as predicted; 0: predictions say nothing.</caption>
        <thead><tr><th>learner</th><th>calibration slope (interval, 95 % for all learners together)</th><th>Qini ± standard error</th><th></th></tr></thead>
        <tbody>{Html.Each(candidates, candidate => Html.Of($"""
            <tr{(candidate.Learner == increment.Learner ? Html.Of($" class=\"present\"") : Markup.Empty)}><th>{UpliftLearners.Describe(candidate.Learner)}</th><td>{Between(candidate.Slope, candidate.SlopeLower, candidate.SlopeUpper, "0.00")}</td><td>{Between(candidate.Qini, null, null)} ± {Between(candidate.QiniStandardError, null, null)}</td><td>{Use(increment, candidate)}</td></tr>

            """))}</tbody></table></div>
        """);
}
