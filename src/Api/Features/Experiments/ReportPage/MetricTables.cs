using Noah.Api.Platform.Pages;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>The numbers behind the plots of a metric.</summary>
internal static class MetricTables
{
    public static Markup Arms(MetricFigures metric, Scale scale, string percent)
    {
        var amounts = metric.Distribution == MetricKind.ZeroInflated;
        var rates = metric.Distribution == MetricKind.Binary;
        return Html.Of($"""
            <h3>Arms</h3>
            <div class="wide"><table>
            <thead><tr><th scope="col">Arm</th><th scope="col">Members</th>{(rates ? Head("With the event") : Markup.Empty)}{Head(rates ? "Rate" : "Mean")}{Head($"{percent} % interval")}
            {(rates ? Markup.Empty : Head("Std. deviation"))}{(amounts ? Head("With any") : Markup.Empty)}{(amounts ? Head("Share") : Markup.Empty)}{(amounts ? Head("Mean of those") : Markup.Empty)}{(amounts ? Head("Median") : Markup.Empty)}{(amounts ? Head("P90") : Markup.Empty)}{(amounts ? Head("Largest") : Markup.Empty)}</tr></thead>
            <tbody>
            {Html.Each(metric.Arms.Index(), item => Arm(item.Item, item.Index, scale, rates, amounts))}</tbody>
            </table></div>
            """);
    }

    public static Markup Contrasts(MetricFigures metric, Scale scale, string percent)
    {
        var kinds = metric.Contrasts[0].Tests.Select(test => test.Test).ToArray();
        return Html.Of($"""
            <h3>Differences and tests</h3>
            <div class="wide"><table>
            <thead>
            <tr><th scope="col" rowspan="2">Contrast</th><th scope="col" rowspan="2">Difference <small>{scale.DifferenceUnit}</small></th><th scope="col" rowspan="2">{percent} % interval</th><th scope="col" rowspan="2">Relative lift</th><th scope="colgroup" colspan="{kinds.Length}">p value</th><th scope="col" rowspan="2">Headline,<br>adjusted</th></tr>
            <tr>{Html.Each(kinds, kind => Html.Of($"""<th scope="col"{(kind == metric.HeadlineTest ? new Markup(" class=\"headline\"") : Markup.Empty)}>{Name(kind)}{(kind == metric.HeadlineTest ? " ★" : "")}</th>"""))}</tr>
            </thead>
            <tbody>
            {Html.Each(metric.Contrasts, contrast => Contrast(metric, contrast, scale))}</tbody>
            </table></div>
            <p class="note">★ The headline test, fixed before the data were seen: {Name(metric.HeadlineTest)}. {metric.HeadlineReason}{(kinds.Length > 1 ? " The other tests are shown so that nobody has to ask; they do not decide." : "")}
            Contrasts between treatments are outside the adjustment: they were not the question.</p>
            """);
    }

    internal static string Name(TestKind kind) => kind switch
    {
        TestKind.Welch => "Welch t",
        TestKind.MannWhitney => "Mann–Whitney",
        TestKind.ZeroTrimmedU => "Zero-trimmed U",
        TestKind.TwoPart => "Two-part",
        _ => "Two proportions",
    };

    internal static Markup Head(string text) => Html.Of($"""<th scope="col">{text}</th>""");

    private static Markup Arm(ArmFigures arm, int index, Scale scale, bool rates, bool amounts) => Html.Of($"""
        <tr><th scope="row"><i class="dot fill-{Ink.OfArm(index).Name}"></i>{arm.Arm}{(arm.Control ? new Markup(" <small>control</small>") : Markup.Empty)}</th><td>{Figures.Count(arm.Units)}</td>{(rates ? Cell(Figures.Count(arm.Positives ?? 0)) : Markup.Empty)}{Cell(rates ? Figures.Percent(arm.Mean) : Figures.Plain(arm.Mean, scale.Digits + 1))}{Cell(Figures.PlainRange(arm.MeanInterval, scale.Factor, scale.Digits))}
        {(rates ? Markup.Empty : Cell(Figures.Plain(arm.StandardDeviation, 2)))}{(amounts ? Cell(Figures.Count(arm.Positives ?? 0)) : Markup.Empty)}{(amounts ? Cell(Figures.Percent(arm.PositiveRate, 3)) : Markup.Empty)}{(amounts ? Cell(Figures.Plain(arm.AmountMean, 2)) : Markup.Empty)}{(amounts ? Cell(Figures.Plain(arm.AmountMedian, 2)) : Markup.Empty)}{(amounts ? Cell(Figures.Plain(arm.AmountP90, 2)) : Markup.Empty)}{(amounts ? Cell(Figures.Plain(arm.Maximum, 2)) : Markup.Empty)}</tr>

        """);

    private static Markup Contrast(MetricFigures metric, ContrastFigures contrast, Scale scale) => Html.Of($"""
        <tr><th scope="row">{MetricSection.Pair(contrast)}</th><td>{Figures.Signed(scale.Factor * contrast.Estimate, scale.Digits + 1)}<br><small>SE {Figures.Plain(scale.Factor * contrast.StandardError, scale.Digits + 1)}</small></td>{Cell(Figures.Range(contrast.Interval, scale.Factor, scale.Digits))}<td>{Figures.SignedPercent(contrast.Lift)}<br><small>{Figures.Range(contrast.LiftInterval, 100, 0)}</small></td>{Html.Each(contrast.Tests, test => Test(test, test.Test == metric.HeadlineTest))}{Cell(Figures.P(contrast.AdjustedPValue))}</tr>

        """);

    private static Markup Test(TestFigures test, bool headline) => Html.Of($"""
        <td{(headline ? new Markup(" class=\"headline\"") : Markup.Empty)}>{(test.Status == TestStatus.Computed ? Figures.P(test.PValue) : Reason(test.Status))}{(test.Trusted ? "" : " (not trusted)")}</td>
        """);

    private static string Reason(TestStatus status) => status == TestStatus.NoVariation ? "all equal" : "too few";

    private static Markup Cell(string text) => Html.Of($"<td>{text}</td>");
}
