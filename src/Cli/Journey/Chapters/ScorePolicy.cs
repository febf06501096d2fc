using System.Text.Json;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>What randomised data say of the plan, on members the model never saw; also where it is no better.</summary>
internal static class ScorePolicy
{
    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("6 · Is the plan any good? The other half answers", "the analyst");
        await Screen.RunAsync(journey.Client, "Scoring", $"/v1/{journey.PlanningRun}:evaluate", new { experiment = journey.Experiment }, cancellationToken);
        var evaluation = (await journey.Client.GetAsync($"/v1/{journey.PlanningRun}", cancellationToken)).GetProperty("evaluation");
        foreach (var metric in evaluation.Items("metrics").Where(m => m.Text("metric") is "visit" or "spend"))
        {
            ShowMetric(metric);
        }

        foreach (var sentence in evaluation.Items("summary"))
        {
            Screen.Say(sentence.GetString()!);
        }
    }

    private static void ShowMetric(JsonElement metric)
    {
        Func<double?, string> figure = metric.Text("distribution") == "binary" ? value => Screen.Share(value) : value => Screen.Figure(value, 3);
        var table = Screen.Table($"{metric.Text("metric")} per member", "policy", "mails", "inverse propensity", "95 % interval", "doubly robust", "95 % interval");
        foreach (var policy in metric.Items("policies"))
        {
            table.Row(
                policy.Text("policy"),
                Screen.Share(policy.Number("mailsPerMember"), 1),
                figure(policy.Number("ips", "value")),
                Interval(policy, "ips", figure),
                figure(policy.Number("doublyRobust", "value")),
                Interval(policy, "doublyRobust", figure));
        }

        Screen.Show(table);
    }

    private static string Interval(JsonElement policy, string estimator, Func<double?, string> figure) =>
        $"{figure(policy.Number(estimator, "lower"))} … {figure(policy.Number(estimator, "upper"))}";
}
