using System.Diagnostics;
using Noah.Cli.Client;
using Noah.Cli.Journey.Data;
using Noah.Cli.Journey.Chapters;

namespace Noah.Cli.Journey;

/// <summary>The marketer's, the sender's and the analyst's journey, through the REST API alone.</summary>
internal static class DemoJourney
{
    /// <summary>Share of members whom no plan ever mails.</summary>
    private const double HoldoutShare = 0.05;

    /// <summary>Chosen, so that the demo shows the same figures each time.</summary>
    private const string Salt = "noah-demo";

    /// <summary>The journey begins the morning after the past campaign's outcome window.</summary>
    public static DateTimeOffset ClockStart(IJourneyData data) =>
        new DateTimeOffset(data.CampaignAt.UtcDateTime.Date, TimeSpan.Zero).AddDays(data.OutcomeDays + 1).AddHours(6);

    public static async Task RunAsync(DemoEnvironment environment, IJourneyData data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var client = await CreateTenantAsync(environment, data, cancellationToken);
        var journey = new JourneyState(environment, data, client);
        await BringInCustomers.RunAsync(journey, cancellationToken);
        await AnalysePastCampaign.RunAsync(journey, cancellationToken);
        await TrainModels.RunAsync(journey, cancellationToken);
        await ValueCustomers.RunAsync(journey, cancellationToken);
        await CreateCampaigns.RunAsync(journey, cancellationToken);
        await PlanBudget.RunAsync(journey, cancellationToken);
        await ScorePolicy.RunAsync(journey, cancellationToken);
        await SendWeek.RunAsync(journey, cancellationToken);
        await Summary.ShowAsync(journey, watch.Elapsed, cancellationToken);
    }

    private static async Task<NoahClient> CreateTenantAsync(DemoEnvironment environment, IJourneyData data, CancellationToken cancellationToken)
    {
        using var operatorClient = new NoahClient(environment.Api.Address, environment.OperatorKey);
        var tenant = await operatorClient.PostAsync(
            "/v1/tenants",
            new { name = data.Name, currency = "USD", timeZone = "America/New_York", holdoutShare = HoldoutShare, salt = Salt },
            cancellationToken);
        return new NoahClient(environment.Api.Address, tenant.Text("secret"));
    }
}
