using System.Text.Json;
using Noah.Cli.Client;
using Noah.Cli.Journey.Data;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Customers with their attributes and consent, what they did before, and the past randomised campaign.</summary>
internal static class BringInCustomers
{
    private static readonly (string Field, string Column)[] Attributes =
        [.. RetailAttributes.All.Select(attribute => (attribute.Name, attribute.Name))];

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var (client, data) = (journey.Client, journey.Data);
        Screen.Heading("1 · Customers and the past campaign come in", "the marketer");
        await client.PutAsync("/v1/memberSchema", new { attributes = data.Attributes.Select(a => new { name = a.Name, type = a.Type }) }, cancellationToken);

        await ImportAsync(journey, "Customers", "members", data.WriteMembersAsync, Fields(
            ("externalId", "externalId"), ("email", "email"), ("timeZone", "timeZone"), ("attributes", Attributes.ToDictionary(a => a.Field, a => a.Column))),
            new { channel = "email", topic = "marketing", source = "newsletter form of the shop", column = "consentEmail" }, cancellationToken);

        var spend = await client.PostAsync(
            "/v1/metrics", new { displayName = "spend", distribution = "zeroInflated", eventType = "purchase", aggregation = "sumAmount" }, cancellationToken);
        var experiment = await client.PostAsync("/v1/experiments", Experiment(data, spend.Text("name")), cancellationToken);
        journey.Experiment = experiment.Text("name");
        await ImportAsync(journey, "Who got which mail", "exposures", data.WriteExposuresAsync, Fields(
            ("member", "externalId"), ("arm", "arm"), ("exposedAt", "exposedAt")), null, cancellationToken);
        var events = Fields(("eventId", "eventId"), ("member", "externalId"), ("type", "type"), ("occurredAt", "occurredAt"), ("amount", "amount"));
        await ImportAsync(journey, "What they did then", "events", data.WriteEventsAsync, events, null, cancellationToken);
        await ImportAsync(journey, "What they did before", "events", data.WriteHistoryAsync, events, null, cancellationToken);
    }

    private static object Experiment(IJourneyData data, string spend) => new
    {
        displayName = $"Past campaign of {data.CampaignAt:MMMM yyyy}",
        arms = data.Arms.Select((arm, index) => new { name = arm, weight = 1, control = index == 0 }),
        metrics = new object[]
        {
            new { name = "visit", distribution = "binary", eventType = "visit", aggregation = "any" },
            new { name = "conversion", distribution = "binary", eventType = "purchase", aggregation = "any" },
            new { metric = spend },
        },
        startedAt = data.CampaignAt,
        endedAt = data.CampaignAt.AddDays(data.OutcomeDays),
    };

    private static Dictionary<string, object> Fields(params (string Field, object Column)[] fields) => fields.ToDictionary(f => f.Field, f => f.Column);

    private static async Task ImportAsync(
        JourneyState journey,
        string title,
        string kind,
        Func<Stream, CancellationToken, Task> write,
        object columns,
        object? consent,
        CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, object?> { ["kind"] = kind, ["columns"] = columns };
        if (consent is not null)
        {
            body["consent"] = consent;
        }

        if (kind == "exposures")
        {
            body["experiment"] = journey.Experiment;
        }

        var import = await journey.Client.PostAsync("/v1/imports", body, cancellationToken);
        var path = $"/v1/{import.Text("name")}";
        await journey.Client.UploadAsync($"{path}/content", write, cancellationToken);
        await Screen.RunAsync(journey.Client, title, $"{path}:run", new { }, cancellationToken);
        var done = await journey.Client.GetAsync(path, cancellationToken);
        Screen.Say($"{Screen.Count(done.Number("rowsImported"))} rows in, {Screen.Count(done.Number("rowsFailed"))} refused{Refusals(done)}");
    }

    private static string Refusals(JsonElement import) => import.Number("rowsFailed") > 0 ? $": see /v1/{import.Text("name")}/errors" : ".";
}
