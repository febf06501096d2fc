using System.Globalization;
using Noah.Api.Platform.Pages;
using static Noah.Api.Features.Models.CardPage.CardNumbers;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>The card of one version as a page: what it may be used for first, then how good it is, on members that it has not seen.</summary>
internal static class CardReport
{
    public static Markup Render(Model model, ModelVersion version)
    {
        var card = version.ReadCard();
        return PageLayout.Page($"{model.Name} – version {version.Number}", Html.Of($"""
            <main>
            <header>
            <p class="kicker">Model card · version {version.Number}</p>
            <h1>{model.Name}</h1>
            <p class="facts"><span>learnt from {card.Data.DisplayName}</span>
            <span>trained {Day(version.TrainedAt)}</span> {Badge(version)}</p>
            </header>
            <div class="verdict">{Html.Each(card.Summary.Take(1), sentence => Html.Of($"<p>{sentence}</p>"))}</div>
            {Findings(card.Findings ?? [])}
            {Refresh(card.Refresh)}
            {Comparison(version.ReadComparison())}
            {Html.Each(card.Responses.Index(), pair => Response(pair.Item, $"r{pair.Index.ToString(CultureInfo.InvariantCulture)}", Sentence(card, 1 + pair.Index)))}
            {(card.Value is { } value ? Value(value, Sentence(card, 1 + card.Responses.Count)) : Markup.Empty)}
            {UpliftSection.Render(card)}
            {Footer(card)}
            </main>
            """));
    }

    private static string Sentence(ModelCard card, int index) => index < card.Summary.Count ? card.Summary[index] : "";

    private static Markup Badge(ModelVersion version) => version.State switch
    {
        ModelVersionState.Active => Html.Of($"""<span class="badge good">✓ plans use it since {Day(version.PromotedAt!.Value)}</span>"""),
        ModelVersionState.Shadow => Html.Of($"""<span class="badge warn">in the shadow: nothing uses it</span>"""),
        _ => Html.Of($"""<span class="badge">retired</span>"""),
    };

    private static Markup Findings(IReadOnlyList<CardFinding> findings) => findings.Count == 0 ? Markup.Empty : Html.Of($"""
        <aside class="warnings">
        <h2>Columns that deserve a look</h2>
        <ul>{Html.Each(findings, finding => Html.Of($"<li>{finding.Sentence}</li>"))}</ul>
        </aside>
        """);

    private static Markup Refresh(CardRefresh? refresh) => refresh is null ? Markup.Empty : Html.Of($"""
        <section>
        <h2>Refreshed from version {refresh.From}</h2>
        <p class="note">It went on from version {refresh.From}, trained {Day(refresh.FromTrainTime)}, with {Count(refresh.Members)} members which that had not seen. Both on the same held-out members:</p>
        <div class="wide"><table>
        <thead><tr><th></th><th>log loss before</th><th>after</th><th>AUC before</th><th>after</th><th>calibration error before</th><th>after</th></tr></thead>
        <tbody>{Html.Each(refresh.Outcomes, outcome => Html.Of($"""
            <tr><th>{outcome.Outcome}</th><td>{Number(outcome.Before.LogLoss, "0.00000")}</td><td>{Number(outcome.After.LogLoss, "0.00000")}</td><td>{Auc(outcome.Before)}</td><td>{Auc(outcome.After)}</td><td>{Percent(outcome.Before.ExpectedCalibrationError)}</td><td>{Percent(outcome.After.ExpectedCalibrationError)}</td></tr>

            """))}</tbody></table></div>
        </section>
        """);

    private static string Auc(BinaryScores scores) => scores.Auc is { } auc ? Number(auc, "0.000") : Missing;

    private static Markup Comparison(ShadowComparison? comparison) => comparison is null ? Markup.Empty : Html.Of($"""
        <section>
        <h2>Beside version {comparison.Against}</h2>
        <p class="note">Both versions on the same {Count(comparison.Members)} members, which neither has learnt from. New minus active, with 95 % intervals paired by member.</p>
        <ul class="conclusions">
        {Html.Each(comparison.Responses, difference => Difference(difference, "log loss"))}{(comparison.Value is { } value ? Difference(value, "normalised Gini") : Markup.Empty)}</ul>
        </section>
        """);

    private static Markup Difference(ShadowDifference difference, string measure)
    {
        var (tone, word) = difference.Verdict switch
        {
            ShadowComparison.Better => ("up", "better"),
            ShadowComparison.Worse => ("down", "worse"),
            _ => ("flat", "no difference shown"),
        };
        return Html.Of($"""
            <li class="{tone}"><strong>{difference.Outcome}</strong>: {word}; {measure} {Signed(difference.Difference)} ({Signed(difference.Lower)} to {Signed(difference.Upper)})</li>

            """);
    }

    private static Markup Response(CardResponse response, string id, string sentence)
    {
        var scores = response.HeldOut;
        return Html.Of($"""
            <section class="metric">
            <h2>{response.Outcome}</h2>
            <p class="note">{sentence}</p>
            <div class="figures three">
            <figure><figcaption>Are the probabilities right?</figcaption>{CardPlots.Calibration(response, id + "c")}</figure>
            {(response.Gains is { } gains ? Html.Of($"""
                <figure><figcaption>How much do the first members hold?</figcaption>{CardPlots.Gain(response, gains, id + "g")}</figure>
                <figure><figcaption>How many times the average?</figcaption>{CardPlots.Lift(response, gains, id + "l")}</figure>
                """) : Markup.Empty)}
            </div>
            <div class="wide"><table>
            <caption>On {Count(scores.Members)} members that no version of this model learns from, {Count(scores.Positives)} of them with the outcome.</caption>
            <thead><tr><th></th><th>AUC</th><th>log loss</th><th>this model's minus it, 95 % interval</th><th>Brier</th><th>calibration error</th><th>mean predicted</th></tr></thead>
            <tbody>{Scores("this model", scores, present: true)}{Yardstick(response, "boosted trees", response.BoostedTrees, CardScores.BoostedTrees)}{Yardstick(response, "logistic regression", response.LogisticRegression, CardScores.LogisticRegression)}
            <tr><th>everybody's rate</th><td>0.500</td><td>{Number(scores.BaseRateLogLoss, "0.00000")}</td><td>{Missing}</td><td>{Number(scores.BaseRate * (1 - scores.BaseRate), "0.00000")}</td><td>{Missing}</td><td>{Percent(scores.BaseRate)}</td></tr>
            </tbody></table></div>
            </section>
            """);
    }

    private static Markup Yardstick(CardResponse response, string label, BinaryScores? scores, string name) => scores is null
        ? Markup.Empty
        : Scores(label, scores, beside: response.Beside?.FirstOrDefault(difference => difference.Outcome == name));

    private static Markup Scores(string label, BinaryScores scores, bool present = false, ShadowDifference? beside = null) => Html.Of($"""
        <tr{(present ? Html.Of($" class=\"present\"") : Markup.Empty)}><th>{label}</th><td>{(scores.Auc is { } auc ? Number(auc, "0.000") : Missing)}</td><td>{Number(scores.LogLoss, "0.00000")}</td><td>{(beside is null ? Html.Of($"{Missing}") : Beside(beside))}</td><td>{Number(scores.Brier, "0.00000")}</td><td>{Percent(scores.ExpectedCalibrationError)}</td><td>{Percent(scores.MeanPredicted)}</td></tr>

        """);

    private static Markup Beside(ShadowDifference difference) => Html.Of($"""
        <span class="{difference.Verdict switch { ShadowComparison.Better => "good", ShadowComparison.Worse => "bad", _ => "plain" }}">{Between(difference.Difference, difference.Lower, difference.Upper, "0.00000")}</span>
        """);

    private static Markup Value(CardValue value, string sentence) => Html.Of($"""
        <section class="metric">
        <h2>{value.Metric}</h2>
        <p class="note">{sentence}</p>
        <div class="figures three">
        <figure><figcaption>Do high predictions come true?</figcaption>
        <p class="legend"><span><i class="dot fill-arm1"></i>predicted</span><span><i class="dot fill-arm2"></i>observed</span></p>
        {CardPlots.Deciles(value, "value")}</figure>
        <dl class="data">
        <dt>Normalised Gini</dt><dd>{(value.NormalizedGini is { } gini ? Number(gini, "0.000") : Missing)}; 1 is the perfect order of members, 0 a random one</dd>
        <dt>Rank correlation</dt><dd>{(value.Spearman is { } spearman ? Number(spearman, "0.000") : Missing)} (Spearman)</dd>
        <dt>Mean per member</dt><dd>{Number(value.MeanPredicted, "0.00")} {value.Unit} predicted, {Number(value.MeanActual, "0.00")} observed</dd>
        </dl>
        </div>
        </section>
        """);

    private static Markup Footer(ModelCard card) => Html.Of($"""
        <footer>
        <h2>Where it comes from</h2>
        <dl class="data">
        <dt>Experiment</dt><dd>{card.Data.DisplayName}, {Day(card.Data.From)} to {Day(card.Data.To)}; {Count(card.Data.TrainingMembers)} members to learn from, {Count(card.Data.HeldOutMembers)} held out</dd>
        <dt>Actions</dt><dd>{string.Join(", ", card.Data.Actions)}</dd>
        <dt>Features</dt><dd>{string.Join(", ", card.Data.Features)}</dd>
        <dt>Seed and device</dt><dd>{card.Training.Seed} on {card.Training.Device}</dd>
        <dt>Data digests</dt><dd>{Html.Each(card.Training.DataDigests, digest => Html.Of($"{digest.Key} <code>{digest.Value}</code><br>"))}</dd>
        </dl>
        <p>Equal digest, seed and device give the same model again.</p>
        </footer>
        """);
}
