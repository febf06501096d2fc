using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>What a zero-inflated metric is made of: how many have any, and how much those have.</summary>
internal static class AmountSection
{
    public static Markup Render(MetricFigures metric, Scale scale, string id)
    {
        var splits = metric.Contrasts.Select(contrast => EffectSplit.Of(metric, contrast)).OfType<EffectSplit>().ToArray();
        return Html.Of($"""
            <h3>Where the effect comes from</h3>
            <div class="figures">
            <figure>
            <figcaption>The difference, split into its two parts</figcaption>
            {(splits.Length == 0 ? Html.Of($"<p>Too few amounts to split.</p>") : SplitPlot(metric, splits, scale, $"{id}-split"))}
            </figure>
            <figure>
            <figcaption>Amounts among members who have any</figcaption>
            {AmountPlot.Draw(metric, $"{id}-amounts")}
            <p class="legend">{Html.Each(metric.Arms.Index(), arm => Html.Of($"""<span><i class="dot fill-{Ink.OfArm(arm.Index).Name}"></i>{arm.Item.Arm}</span> """))}</p>
            </figure>
            </div>
            {(splits.Length == 0 ? Markup.Empty : SplitTable(splits, scale))}
            """);
    }

    private static Markup SplitPlot(MetricFigures metric, IReadOnlyList<EffectSplit> splits, Scale scale, string id) => IntervalPlot.Draw(
        [.. splits.SelectMany(split => new IntervalPlot.Row[]
        {
            new($"{MetricSection.Pair(split.Contrast)}: how many", split.Participation, split.ParticipationInterval?.Lower, split.ParticipationInterval?.Upper, MetricSection.InkOf(metric, split.Contrast)),
            new("how much each", split.Amount, split.AmountInterval?.Lower, split.AmountInterval?.Upper, MetricSection.InkOf(metric, split.Contrast)),
        })],
        scale.DifferenceUnit,
        zeroLine: true,
        id,
        $"Differences of {metric.Name}, split into participation and amount; the numbers are in the table below.");

    private static Markup SplitTable(IReadOnlyList<EffectSplit> splits, Scale scale) => Html.Of($"""
        <div class="wide"><table>
        <thead>
        <tr><th scope="col" rowspan="2">Contrast</th><th scope="colgroup" colspan="3">How many have any</th><th scope="colgroup" colspan="3">How much each of those has</th></tr>
        <tr>{MetricTables.Head("Difference, points")}{MetricTables.Head("p")}{MetricTables.Head($"Part of the effect, {scale.DifferenceUnit}")}{MetricTables.Head("Difference")}{MetricTables.Head("p")}{MetricTables.Head($"Part of the effect, {scale.DifferenceUnit}")}</tr>
        </thead>
        <tbody>
        {Html.Each(splits, split => Html.Of($"""
        <tr><th scope="row">{MetricSection.Pair(split.Contrast)}</th><td>{Figures.Signed(100 * split.Contrast.Participation!.Difference, 3)}</td><td>{Figures.P(split.Contrast.Participation.PValue)}</td><td>{Figures.Signed(split.Participation, scale.Digits + 1)}<br><small>{Figures.Range(split.ParticipationInterval, 1, scale.Digits)}</small></td><td>{Figures.Signed(split.Contrast.Amount!.Difference, 2)}</td><td>{Figures.P(split.Contrast.Amount.PValue)}</td><td>{Figures.Signed(split.Amount, scale.Digits + 1)}<br><small>{Figures.Range(split.AmountInterval, 1, scale.Digits)}</small></td></tr>

        """))}</tbody>
        </table></div>
        <p class="note">The two parts add up to the difference of the means. Each interval holds the other part at the average of both arms.</p>
        """);
}
