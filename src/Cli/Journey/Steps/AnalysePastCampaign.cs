using System.Text.Json;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Steps;

/// <summary>The report of the past campaign: what each mail changed, by the test that fits the metric.</summary>
internal static class AnalysePastCampaign
{
    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("2 · What did the past campaign change?", "the analyst");
        var operation = await Screen.RunAsync(journey.Client, "Analysis", $"/v1/{journey.Experiment}:analyze", new { }, cancellationToken);
        var analysis = await journey.Client.GetAsync($"/v1/{operation.Text("response")}", cancellationToken);
        journey.ReportAddress = analysis.GetProperty("links").Text("html");
        var report = analysis.GetProperty("report");
        foreach (var sentence in report.Items("verdict"))
            Screen.Say(sentence.GetString()!);

        var table = Screen.Table("Per member, against no mail", "metric", "mail", "no mail", "difference", "95 % interval", "Welch p", "Mann-Whitney p", "ZTU p", "two-part p");
        foreach (var metric in report.Items("metrics"))
        {
            foreach (var contrast in metric.Items("contrasts").Where(c => c.GetProperty("againstControl").GetBoolean()))
            {
                var control = metric.Items("arms").First(arm => arm.GetProperty("control").GetBoolean());
                var figure = Format(metric);
                table.Row(
                    metric.Text("name"),
                    contrast.Text("treatment"),
                    figure(control.Number("mean")),
                    Signed(contrast.Number("estimate"), figure),
                    $"{figure(contrast.Number("interval", "lower"))} … {figure(contrast.Number("interval", "upper"))}",
                    TestP(contrast, "welch"),
                    TestP(contrast, "mannWhitney"),
                    TestP(contrast, "zeroTrimmedU"),
                    TestP(contrast, "twoPart"));
            }
        }

        Screen.Show(table);
        Screen.Link("Report", journey.ReportAddress);
    }

    private static Func<double?, string> Format(JsonElement metric) =>
        metric.Text("distribution") == "binary" ? value => Screen.Share(value) : value => Screen.Figure(value);

    private static string Signed(double? value, Func<double?, string> figure) => (value > 0 ? "+" : "") + figure(value);

    private static string TestP(JsonElement contrast, string test)
    {
        var found = contrast.Items("tests").FirstOrDefault(t => t.Text("test") == test);
        return found.ValueKind == JsonValueKind.Object ? Screen.PValue(found.Number("pValue")) : "";
    }
}
