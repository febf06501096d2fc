using Noah.Api.Platform.Pages;
using Noah.Experimentation.Reports;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>For readers who were not there: what the marks mean, how the figures were made, and from which data.</summary>
internal static class ReadingNotes
{
    public static Markup Render(AnalysisReport report)
    {
        var percent = Figures.Plain(100 * report.Confidence, 0);
        var level = Figures.Plain(1 - report.Confidence, 2);
        return Html.Of($"""
            <section class="notes">
            <h2>How to read this</h2>
            <dl>
            <dt>▲ ▼</dt><dd>The adjusted p of the headline test is below {level} and the interval of the difference leaves out zero.</dd>
            <dt>Guardrail</dt><dd>A metric that must not get worse. "No harm could be shown" is not proof of none: look at its interval.</dd>
            <dt>◆</dt><dd>The distributions differ, but the change of the mean is uncertain.</dd>
            <dt>○</dt><dd>No difference was shown. That is not proof of none: look at how wide the interval is.</dd>
            <dt>Interval</dt><dd>Effects inside it fit the data at {percent} % confidence. If it reaches from a loss to a gain, the experiment has not settled the question.</dd>
            <dt>p value</dt><dd>How often a difference this large would turn up between two arms treated alike. Small is surprising; it is not the probability that the effect is chance.</dd>
            <dt>Adjusted p</dt><dd>Corrected (Holm) for asking several questions at once: {(report.AdjustmentFamily == AdjustmentFamily.Report ? "all treatments and metrics of this report" : "all treatments of one metric")}.</dd>
            <dt>Sample ratio</dt><dd>Compares arm sizes with the planned weights. A mismatch means that assignment or logging is broken, and no figure here is an effect.</dd>
            </dl>
            </section>
            """);
    }

    public static Markup Footer(Experiment experiment, Analysis analysis, AnalysisReport report) => Html.Of($"""
        <footer>
        <h2>Methods and data</h2>
        <p>Rates: Wilson intervals, Newcombe intervals of differences, pooled two-proportion test, Fisher's exact test where an expected count is below 5.
        Means: Student intervals, Welch intervals and test. Amounts that are mostly zero: zero-trimmed U with pooled variance and tie correction,
        Mann–Whitney with tie correction, two-part chi-square (participation and amount), Welch. Relative lift: delta method. Holm's correction
        {(report.AdjustmentFamily == AdjustmentFamily.Report ? "over the whole report" : "per metric")}. Sample ratio: chi-square against the planned weights,
        alarm below p = {Figures.P(report.SampleRatio.Threshold)}. An outcome counts from a member's own exposure to the end of the metric's window, or of the experiment's.</p>
        <dl class="data">
        <dt>Analysis</dt><dd>{analysis.ResourceName()}</dd>
        <dt>Computed</dt><dd>{Figures.Instant(analysis.CreatedAt)}</dd>
        <dt>Outcome window</dt><dd>{Figures.Instant(experiment.StartedAt)} to {Figures.Instant(experiment.EndedAt)}</dd>
        <dt>Planned and actual</dt><dd>{string.Join(", ", report.SampleRatio.Arms.Select(arm => $"{arm.Arm} {Figures.Count(arm.Assigned)} of {Figures.Count((long)Math.Round(arm.Expected))} expected"))}</dd>
        <dt>Inputs, SHA-256</dt><dd><code>{analysis.Digest()}</code></dd>
        <dt>Seed</dt><dd>{report.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}</dd>
        </dl>
        </footer>
        """);
}
