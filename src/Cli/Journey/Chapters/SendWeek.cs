using Noah.Cli.Client;
using Spectre.Console;

namespace Noah.Cli.Journey.Chapters;

/// <summary>
/// The plan becomes the ledger, the campaigns go live, and a week passes: the host's clock is moved to each hour that has mail, and
/// stands still until everything due has been handed over.
/// </summary>
internal static class SendWeek
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("7 · A week of mail, each at its reader's hour", "the scheduled sender");
        var client = journey.Client;
        await client.PostAsync($"/v1/{journey.PlanningRun}:apply", new { }, cancellationToken);
        foreach (var campaign in journey.Campaigns.Values)
        {
            await client.PostAsync($"/v1/{campaign}:launch", new { }, cancellationToken);
        }

        using var clock = new NoahClient(journey.Environment.Api.Address, journey.Environment.OperatorKey);
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(screen => PassAsync(journey, clock, screen.AddTask("  The week passes"), cancellationToken));

        var played = await Recipients.PlayAsync(journey, cancellationToken);
        await ShowAsync(journey, played, cancellationToken);
    }

    private static async Task PassAsync(JourneyState journey, NoahClient clock, ProgressTask task, CancellationToken cancellationToken)
    {
        while (await DueAsync(journey, cancellationToken) is { Next: { } next } due)
        {
            // To the last second of the next hour that has mail: what is due within it leaves together, and nothing expires meanwhile.
            var hour = new DateTimeOffset(next.UtcDateTime.Date, TimeSpan.Zero).AddHours(next.UtcDateTime.Hour + 1).AddSeconds(-1);
            await clock.PostAsync("/v1/clock:advance", new { to = hour }, cancellationToken);
            await SettleAsync(journey, cancellationToken);
            task.MaxValue = due.Planned;
            task.Value = due.Planned - due.Waiting;
            task.Description = $"  {hour:ddd d MMM, HH:mm} UTC   ";
        }

        task.Value = task.MaxValue;
    }

    private static async Task SettleAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while ((await DueAsync(journey, cancellationToken)).Due > 0)
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new CommandFailedException($"Sends that are due do not leave; the log is {journey.Environment.Checkout.LogOf("all")}.");
            }

            await Task.Delay(30, cancellationToken);
        }
    }

    private static async Task<(double Planned, double Waiting, double Due, DateTimeOffset? Next)> DueAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var (planned, waiting, due, next) = (0.0, 0.0, 0.0, (DateTimeOffset?)null);
        foreach (var campaign in journey.Campaigns.Values)
        {
            var summary = await journey.Client.GetAsync($"/v1/{campaign}/sends:summary", cancellationToken);
            planned += summary.Number("planned") ?? 0;
            waiting += summary.Number("waiting") ?? 0;
            due += summary.Number("due") ?? 0;
            if (summary.TryGetProperty("nextDueAt", out var at) && at.TryGetDateTimeOffset(out var instant) && (next is null || instant < next))
            {
                next = instant;
            }
        }

        return (planned, waiting, due, next);
    }

    private static async Task ShowAsync(JourneyState journey, IReadOnlyDictionary<string, RecipientCounts> played, CancellationToken cancellationToken)
    {
        var table = Screen.Table("The ledger after the week, and what the recipients did", "campaign", "planned", "handed over", "skipped", "failed", "unknown", "opened", "clicked", "visited", "bought", "unsubscribed");
        foreach (var (line, campaign) in journey.Campaigns)
        {
            var summary = await journey.Client.GetAsync($"/v1/{campaign}/sends:summary", cancellationToken);
            var counts = played.GetValueOrDefault(campaign) ?? new RecipientCounts();
            table.Row(
                CreateCampaigns.Title(line),
                Screen.Count(summary.Number("planned")),
                Screen.Count(summary.Number("handedOver")),
                Screen.Count(summary.Number("skipped")),
                Screen.Count(summary.Number("failed")),
                Screen.Count(summary.Number("unknown")),
                Screen.Count(counts.Opened),
                Screen.Count(counts.Clicked),
                Screen.Count(counts.Visited),
                Screen.Count(counts.Bought),
                Screen.Count(counts.Unsubscribed));
        }

        Screen.Show(table);
        Screen.Say($"Each mail is a file in {journey.Environment.Mail.Folder}; the recipients are simulated, their unsubscribes went through the link in their own mail.");
    }
}
