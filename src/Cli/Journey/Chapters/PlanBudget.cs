using System.Text.Json;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>The plan: who gets which mail when, what it is expected to bring, and what each rule costs.</summary>
internal static class PlanBudget
{
    /// <summary>Buys 3,000 mails at ten cents.</summary>
    private const string Budget = "300.00";

    /// <summary>A tenth more.</summary>
    private const string LargerBudget = "330.00";

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("5 · The budget finds its members", "the marketer");
        var run = await journey.Client.PostAsync(
            "/v1/planningRuns",
            new
            {
                displayName = "This week",
                campaigns = journey.Campaigns.Values,
                model = journey.Model,
                budget = new { amount = Budget, currency = journey.Currency },
                weeklyCap = 1,
                horizon = $"P{journey.Data.OutcomeDays}D",
                seed = 20261122,
            },
            cancellationToken);
        journey.PlanningRun = run.Text("name");
        await Screen.RunAsync(journey.Client, "Planning", $"/v1/{journey.PlanningRun}:solve", new { }, cancellationToken);
        var solved = await journey.Client.GetAsync($"/v1/{journey.PlanningRun}", cancellationToken);
        var plan = solved.GetProperty("plan");

        ShowWaterfall(plan);
        ShowForecast(plan);
        ShowComparisons(plan);
        ShowRules(plan);
        await ShowLargerBudgetAsync(journey, cancellationToken);
        Hours(plan);
        foreach (var sentence in plan.Items("summary").Concat(plan.Items("warnings")))
        {
            Screen.Say(sentence.GetString()!);
        }

        Screen.Link("Plan", solved.GetProperty("links").Text("html"));
    }

    private static async Task ShowLargerBudgetAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var asked = await Screen.RunAsync(
            journey.Client, "What if: 10 % more", $"/v1/{journey.PlanningRun}:whatIf", new { budget = new { amount = LargerBudget, currency = journey.Currency } }, cancellationToken);
        var answer = asked.GetProperty("metadata");
        Screen.Say(
            $"With ${LargerBudget} of budget: {answer.Items("summary").First().GetString()} "
            + $"(within {Screen.Share(answer.Number("certificate", "relativeGap"))} of the best; {Screen.Count(answer.Number("effort", "milliseconds"))} ms)");
    }

    private static void ShowWaterfall(JsonElement plan)
    {
        var table = Screen.Table("From the audiences to the chosen", "step", "left", "removed");
        foreach (var step in plan.GetProperty("waterfall").Items("steps"))
        {
            table.Row(step.Text("step"), Screen.Count(step.Number("left")), Screen.Count(step.Number("removed")));
        }

        Screen.Show(table);
    }

    private static void ShowForecast(JsonElement plan)
    {
        var table = Screen.Table("Forecast, against sending nothing", "campaign", "mails", "cost", "incremental margin, net", "95 % interval");
        foreach (var campaign in plan.Items("campaigns"))
        {
            Forecast(table, campaign.Text("displayName"), campaign.GetProperty("forecast"));
        }

        Forecast(table, "together", plan.GetProperty("totals"));
        Screen.Show(table);
    }

    private static void Forecast(Spectre.Console.Table table, string title, JsonElement forecast) => table.Row(
        title,
        Screen.Count(forecast.Number("sends")),
        Screen.Money(forecast.Number("cost", "amount")),
        Screen.Money(forecast.Number("incrementalValue", "expected", "amount")),
        $"{Screen.Money(forecast.Number("incrementalValue", "lower", "amount"))} … {Screen.Money(forecast.Number("incrementalValue", "upper", "amount"))}");

    private static void ShowComparisons(JsonElement plan)
    {
        var table = Screen.Table("Instead", "policy", "mails", "cost", "incremental margin, net", "the plan adds", "keeps the budget");
        foreach (var other in plan.Items("comparisons"))
        {
            table.Row(
                other.Text("policy"),
                Screen.Count(other.Number("sends")),
                Screen.Money(other.Number("cost", "amount")),
                Screen.Money(other.Number("incrementalValue", "amount")),
                Screen.Money(other.Number("planAdds", "amount")),
                other.GetProperty("keepsBudget").GetBoolean() ? "yes" : "no");
        }

        Screen.Show(table);
    }

    private static void ShowRules(JsonElement plan)
    {
        foreach (var rule in plan.Items("constraints"))
        {
            Screen.Say((rule.GetProperty("binding").GetBoolean() ? "▲ " : "  ") + rule.Text("sentence"));
        }

        var exploration = plan.GetProperty("exploration");
        Screen.Say(
            $"Drawn at random, to keep learning: {Screen.Count(exploration.Number("members"))} members, {Screen.Count(exploration.Number("sends"))} mails, "
            + $"{Screen.Money(exploration.Number("cost", "amount"))}; it gives up at most {Screen.Money(exploration.Number("forgoneValueAtMost", "amount"))}.");
    }

    private static void Hours(JsonElement plan)
    {
        const string Levels = " ▁▂▃▄▅▆▇█";
        var hours = plan.Items("sendHours").Select(count => count.GetInt32()).ToArray();
        var most = Math.Max(1, hours.Max());
        var bars = string.Concat(hours.Select(count => Levels[(int)Math.Ceiling((double)count / most * (Levels.Length - 1))]));
        Screen.Say($"Hour of the recipient's day, 0 to 23: │{bars}│");
    }
}
