using System.Text.Json;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Lifetime value of the customers, from their purchases over time. Data without a history of purchases have none.</summary>
internal static class ValueCustomers
{
    private const int Shown = 8;

    /// <summary>The least that the host follows customers for, with what it needs around it.</summary>
    private const int LeastDays = 60;

    private static readonly string[] ValueEvents = ["purchase"];
    // A year of purchases lets customers be followed for half of one; a longer horizon would be stretched, and marked so.
    private static readonly int[] HorizonDays = [90, 180];

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("Who is worth most, and how sure is that?", "the marketer");
        if (journey.Data.HistoryDays < LeastDays)
        {
            Screen.Say(
                $"These data hold {journey.Data.HistoryDays} days of purchases: too few to follow anybody. With a history of purchases, customers are valued here.");
            return;
        }

        var value = await journey.Client.PostAsync(
            "/v1/lifetimeValues",
            new { displayName = "Contribution of a customer", valueEvents = ValueEvents, marginRate = 0.4, horizonDays = HorizonDays },
            cancellationToken);
        var path = $"/v1/{value.Text("name")}";
        await Screen.RunAsync(journey.Client, "Valuing customers", $"{path}:train", new { }, cancellationToken);
        var trained = await journey.Client.GetAsync(path, cancellationToken);
        var card = trained.GetProperty("card");
        Compare(card);

        // The longest that could be told: a year may be beyond what so short a history allows.
        var members = (await journey.Client.GetAsync($"{path}/members?pageSize={Shown}", cancellationToken)).Items("items").ToArray();
        var best = Screen.Table(
            "The best customers",
            ["customer", .. members[0].Items("horizons").Select(horizon => $"{horizon.Number("days"):F0} days"), "likely range of the longest", "alive"]);
        foreach (var member in members)
        {
            var horizons = member.Items("horizons").ToArray();
            best.Row(
            [
                member.Text("externalId"),
                .. horizons.Select(horizon => Screen.Money(horizon.Number("mean"))),
                $"{Screen.Money(horizons[^1].Number("p10"))} … {Screen.Money(horizons[^1].Number("p90"))}",
                Screen.Share(member.Number("probabilityAlive"), 0),
            ]);
        }

        Screen.Show(best);
        foreach (var sentence in card.Items("summary"))
        {
            Screen.Say(sentence.GetString()!);
        }

        Screen.Say(
            $"Version {trained.Number("activeVersion"):F0} is in use. A later training takes over unless it is shown to be worse on customers kept back; :rollback goes back to this one.");

        var segment = await journey.Client.PostAsync(
            "/v1/segments",
            new { displayName = "Best tenth", filter = new { lifetimeValue = value.Text("name"), horizonDays = 90, op = "top", share = 0.1 } },
            cancellationToken);
        var count = await journey.Client.PostAsync($"/v1/{segment.Text("name")}:estimate", new { }, cancellationToken);
        Screen.Say($"The segment 'Best tenth' has {Screen.Count(count.Number("count"))} customers; campaigns can address it like any other.");
        Screen.Link("Value card", trained.GetProperty("links").Text("html"));
    }

    private static void Compare(JsonElement card)
    {
        var title = $"{card.Number("judgedHorizonDays"):F0} days ahead, on customers kept back";
        var ways = Screen.Table(title, "way", "norm. Gini", "Spearman", "missed over tenths", "predicted", "brought");
        foreach (var way in card.Items("competitors"))
        {
            var name = way.Text("method") == "network" ? "value network" : "BG/NBD × gamma-gamma";
            ways.Row(
                way.Text("method") == card.Text("method") ? $"{name} (in use)" : name,
                Screen.Figure(way.Number("normalizedGini"), 3),
                Screen.Figure(way.Number("spearman"), 3),
                Screen.Share(way.Number("decileError"), 1),
                Screen.Money(way.Number("meanPredicted")),
                Screen.Money(way.Number("meanActual")));
        }

        Screen.Show(ways);
    }
}
