using Noah.Api.Platform.Pages;
using Noah.Experimentation.Inference;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>The page of an analysis: verdict first, then overview, one section a metric, and how to read and reproduce it.</summary>
internal static class Report
{
    public static Markup Render(Experiment experiment, Analysis analysis)
    {
        var report = analysis.ReadReport();
        return PageLayout.Page($"{experiment.Name} – analysis {analysis.Number}", Html.Of($"""
            <main>
            {Header(experiment, analysis, report)}
            <div class="verdict">{Html.Each(report.Verdict, sentence => Html.Of($"<p>{sentence}</p>"))}</div>
            {Warnings(report)}
            {Overview(report)}
            {Html.Each(report.Metrics.Index(), item => MetricSection.Render(item.Item, $"m{item.Index}", report.Confidence))}
            {ReadingNotes.Render(report)}
            {ReadingNotes.Footer(experiment, analysis, report)}
            </main>
            """));
    }

    private static Markup Header(Experiment experiment, Analysis analysis, AnalysisReport report) => Html.Of($"""
        <header>
        <p class="kicker">Experiment report · analysis {analysis.Number}</p>
        <h1>{experiment.Name}</h1>
        <p class="facts"><span>{Figures.Count(report.Units)} members in {report.SampleRatio.Arms.Count} arms</span>
        <span>{Figures.Day(report.StartedAt)} – {Figures.Day(report.EndedAt)}</span> {Badge(report.SampleRatio)}{OpenBadge(report)}</p>
        </header>
        """);

    private static Markup Badge(SampleRatioFigures ratio) => ratio.Verdict switch
    {
        SampleRatioVerdict.Consistent => Html.Of($"""<span class="badge good">✓ Sample ratio as planned (p = {Figures.P(ratio.PValue)})</span>"""),
        SampleRatioVerdict.Mismatch => Html.Of($"""<span class="badge bad">✗ Sample ratio mismatch (p = {Figures.P(ratio.PValue)})</span>"""),
        _ => Html.Of($"""<span class="badge">Sample ratio not testable: too few members</span>"""),
    };

    private static Markup OpenBadge(AnalysisReport report) => report.WindowOpen
        ? Html.Of($""" <span class="badge warn">Preliminary: the outcome window is still open</span>""")
        : Markup.Empty;

    private static Markup Warnings(AnalysisReport report) => report.Warnings.Count == 0 ? Markup.Empty : Html.Of($"""
        <aside class="warnings" aria-label="Warnings">
        <h2>Read with care</h2>
        <ul>
        {Html.Each(report.Warnings, warning => Html.Of($"<li>{Subject(warning)}{Figures.Prose(warning.Message)}</li>\n"))}</ul>
        </aside>
        """);

    private static Markup Subject(WarningFigures warning)
    {
        var parts = new[] { warning.Metric, warning.Baseline is null ? warning.Arm : $"{warning.Arm} − {warning.Baseline}" }.OfType<string>().ToArray();
        return parts.Length == 0 ? Markup.Empty : Html.Of($"<b>{string.Join(", ", parts)}:</b> ");
    }

    /// <summary>Metrics by treatments: the effect against the control, with its interval and adjusted p.</summary>
    private static Markup Overview(AnalysisReport report)
    {
        var treatments = report.Metrics[0].Contrasts.Where(contrast => contrast.AgainstControl).ToArray();
        return Html.Of($"""
            <section>
            <h2>At a glance</h2>
            <div class="wide"><table class="overview">
            <caption>Difference to {treatments[0].Baseline}, {Figures.Plain(100 * report.Confidence, 0)} % interval, adjusted p</caption>
            <thead><tr><th scope="col">Metric</th>{Html.Each(treatments, contrast => Html.Of($"""<th scope="col">{contrast.Treatment}</th>"""))}</tr></thead>
            <tbody>
            {Html.Each(report.Metrics, metric => OverviewRow(metric, report.Confidence))}</tbody>
            </table></div>
            </section>
            """);
    }

    private static Markup OverviewRow(MetricFigures metric, double confidence)
    {
        var scale = Scale.Of(metric);
        return Html.Of($"""
            <tr><th scope="row">{metric.Name} <small>{scale.DifferenceUnit}{MetricSection.RoleNote(metric)}</small></th>{Html.Each(metric.Contrasts.Where(c => c.AgainstControl), contrast => Html.Of($"""
            <td class="{Tone(metric, contrast, confidence)}"><strong>{Mark(contrast, confidence)} {Figures.Signed(scale.Factor * contrast.Estimate, scale.Digits)}</strong>
            <small>{Figures.Range(contrast.Interval, scale.Factor, scale.Digits)}</small> <small>p = {Figures.P(contrast.AdjustedPValue)}</small></td>
            """))}</tr>

            """);
    }

    /// <summary>Good news, bad news, or neither: by the direction that the metric is meant to take.</summary>
    internal static string Tone(MetricFigures metric, ContrastFigures contrast, double confidence) => Verdict.Judge(contrast, confidence) switch
    {
        Verdict.Finding.None => "flat",
        Verdict.Finding.Shifts => "shift",
        var finding => Verdict.IsHarm(metric, finding) ? "down" : "up",
    };

    private static string Mark(ContrastFigures contrast, double confidence) => Verdict.Judge(contrast, confidence) switch
    {
        Verdict.Finding.Raises => "▲",
        Verdict.Finding.Lowers => "▼",
        Verdict.Finding.Shifts => "◆",
        _ => "○",
    };
}
