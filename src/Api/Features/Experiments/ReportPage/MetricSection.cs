using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Pages;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>One metric: conclusions, arms and differences as plots, the same as tables, and for amounts what the effect consists of.</summary>
internal static class MetricSection
{
    public static Markup Render(MetricFigures metric, string id, double confidence)
    {
        var scale = Scale.Of(metric);
        var percent = Figures.Plain(100 * confidence, 0);
        return Html.Of($"""
            <section class="metric" id="{id}">
            <h2>{Title(metric.Name)}</h2>
            <p class="facts"><span>{Role(metric)}</span> <span>{(metric.Direction == MetricDefinition.Decrease ? "lower is better" : "higher is better")}</span>
            <span>{(metric.WindowDays is { } days ? $"{days} days from exposure" : "until the outcome window ends")}</span>{Maturity(metric)}</p>
            <ul class="conclusions">
            {Html.Each(metric.Contrasts.Where(c => c.AgainstControl), c => Html.Of($"""<li class="{Report.Tone(metric, c, confidence)}">{Figures.Prose(c.Conclusion)}</li>{"\n"}"""))}</ul>
            <div class="figures">
            <figure>
            <figcaption>{(metric.Distribution == MetricKind.Binary ? "Rate" : "Mean")} per arm with {percent} % interval</figcaption>
            {ArmPlot(metric, scale, $"{id}-arms")}
            </figure>
            <figure>
            <figcaption>Differences with {percent} % interval</figcaption>
            {ContrastPlot(metric, scale, $"{id}-contrasts")}
            </figure>
            </div>
            {MetricTables.Arms(metric, scale, percent)}
            {MetricTables.Contrasts(metric, scale, percent)}
            {(metric.Distribution == MetricKind.ZeroInflated ? AmountSection.Render(metric, scale, id) : Markup.Empty)}
            </section>
            """);
    }

    internal static string Pair(ContrastFigures contrast) => $"{contrast.Treatment} − {contrast.Baseline}";

    /// <summary>The ink of a contrast: that of its treatment against the control, that of text between treatments.</summary>
    internal static Ink InkOf(MetricFigures metric, ContrastFigures contrast) =>
        contrast.AgainstControl ? Ink.OfArm(metric.Arms.ToList().FindIndex(arm => arm.Arm == contrast.Treatment)) : Ink.Text;

    /// <summary>What the overview says of a metric that does not decide.</summary>
    internal static string RoleNote(MetricFigures metric) => metric.Role == MetricDefinition.Primary ? "" : $" · {metric.Role}";

    private static string Role(MetricFigures metric) => metric.Role switch
    {
        MetricDefinition.Guardrail => "Guardrail: must not get worse",
        MetricDefinition.Diagnostic => "Diagnostic: decides nothing",
        _ => "Primary metric",
    };

    private static Markup Maturity(MetricFigures metric) => metric.MaturedShare < 1
        ? Html.Of($""" <span class="badge warn">{Figures.Percent(metric.MaturedShare, 0)} of outcomes matured</span>""")
        : Markup.Empty;

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static Markup ArmPlot(MetricFigures metric, Scale scale, string id) => IntervalPlot.Draw(
        [.. metric.Arms.Select((arm, index) => new IntervalPlot.Row(arm.Arm, scale.Factor * arm.Mean, scale.Factor * arm.MeanInterval?.Lower, scale.Factor * arm.MeanInterval?.Upper, Ink.OfArm(index)))],
        scale.ArmUnit,
        zeroLine: false,
        id,
        $"{metric.Name} per arm with intervals; the numbers are in the table below.");

    private static Markup ContrastPlot(MetricFigures metric, Scale scale, string id) => IntervalPlot.Draw(
        [.. metric.Contrasts.Select(c => new IntervalPlot.Row(Pair(c), scale.Factor * c.Estimate, scale.Factor * c.Interval?.Lower, scale.Factor * c.Interval?.Upper, InkOf(metric, c)))],
        scale.DifferenceUnit,
        zeroLine: true,
        id,
        $"Differences of {metric.Name} between arms with intervals; the numbers are in the table below.");
}
