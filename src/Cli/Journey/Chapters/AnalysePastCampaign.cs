using System.Text.Json;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>The report of the past campaign: what each mail changed, by the test that fits the metric.</summary>
internal static class AnalysePastCampaign
{
    private static readonly (string Test, string Title)[] Tests =
        [("welch", "Welch p"), ("mannWhitney", "Mann-Whitney p"), ("zeroTrimmedU", "zero-trimmed U p"), ("twoPart", "two-part p")];

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("2 · What did the past campaign change?", "the analyst");
        var operation = await Screen.RunAsync(journey.Client, "Analysis", $"/v1/{journey.Experiment}:analyze", new { }, cancellationToken);
        journey.Analysis = operation.Text("response");
        var analysis = await journey.Client.GetAsync($"/v1/{journey.Analysis}", cancellationToken);
        var report = analysis.GetProperty("report");
        foreach (var sentence in report.Items("verdict"))
        {
            Screen.Say(sentence.GetString()!);
        }

        ShowContrasts(report);
        foreach (var metric in report.Items("metrics").Where(m => m.Text("distribution") == "zeroInflated"))
        {
            ShowTests(metric);
        }

        Screen.Link("Report", analysis.GetProperty("links").Text("html"));
    }

    private static void ShowContrasts(JsonElement report)
    {
        var table = Screen.Table("Per member, against no mail", "metric", "mail", "no mail", "difference", "95 % interval", "adjusted p");
        foreach (var metric in report.Items("metrics"))
        {
            var figure = Format(metric);
            var control = metric.Items("arms").First(arm => arm.GetProperty("control").GetBoolean());
            foreach (var contrast in AgainstControl(metric))
            {
                table.Row(
                    metric.Text("name"),
                    contrast.Text("treatment"),
                    figure(control.Number("mean")),
                    (contrast.Number("estimate") > 0 ? "+" : "") + figure(contrast.Number("estimate")),
                    $"{figure(contrast.Number("interval", "lower"))} … {figure(contrast.Number("interval", "upper"))}",
                    Screen.PValue(contrast.Number("adjustedPValue")));
            }
        }

        Screen.Show(table);
    }

    private static void ShowTests(JsonElement metric)
    {
        var table = Screen.Table($"{metric.Text("name")}: the tests beside each other", ["mail", "SE", .. Tests.Select(test => test.Title)]);
        foreach (var contrast in AgainstControl(metric))
        {
            table.Row(
            [
                contrast.Text("treatment"),
                Screen.Figure(contrast.Number("standardError")),
                .. Tests.Select(test => Screen.PValue(contrast.Items("tests").FirstOrDefault(t => t.Text("test") == test.Test).Number("pValue"))),
            ]);
        }

        Screen.Show(table);
    }

    private static IEnumerable<JsonElement> AgainstControl(JsonElement metric) =>
        metric.Items("contrasts").Where(contrast => contrast.GetProperty("againstControl").GetBoolean());

    private static Func<double?, string> Format(JsonElement metric) =>
        metric.Text("distribution") == "binary" ? value => Screen.Share(value) : value => Screen.Figure(value);
}
