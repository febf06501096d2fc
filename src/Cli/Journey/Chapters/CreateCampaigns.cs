using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Two mails, each with a product, an audience (filter and lookalikes of the best buyers) and three wordings.</summary>
internal static class CreateCampaigns
{
    private const string Topic = "marketing";
    private const double MarginRate = 0.4;
    private const int Seeds = 200;
    private static readonly TimeSpan Lead = TimeSpan.FromHours(2);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("4 · Two campaigns and whom they may address", "the marketer");
        journey.SendingFrom = DemoJourney.ClockStart(journey.Data) + Lead;
        var table = Screen.Table("Audiences", "campaign", "filter", "core", "expanded");
        foreach (var line in new[] { "mens", "womens" })
        {
            var audience = await AudienceAsync(journey, line, cancellationToken);
            await CampaignAsync(journey, line, audience.Text("name"), cancellationToken);
            table.Row(Title(line), $"bought {line}wear, last within 6 months", Screen.Count(audience.Number("coreCount")), Screen.Count(audience.Number("expandedCount")));
        }

        Screen.Show(table);
    }

    public static string Title(string line) => line == "mens" ? "Mens mail" : "Womens mail";

    private static async Task<System.Text.Json.JsonElement> AudienceAsync(JourneyState journey, string line, CancellationToken cancellationToken)
    {
        var segment = await journey.Client.PostAsync(
            "/v1/segments",
            new
            {
                displayName = $"Recent buyers of {line}wear",
                filter = new { all = new object[] { new { attribute = line, op = "eq", value = true }, new { attribute = "recency", op = "lte", value = 6 } } },
            },
            cancellationToken);
        var audience = await journey.Client.PostAsync(
            "/v1/audiences",
            new
            {
                displayName = $"{Title(line)}: recent buyers and their likes",
                segment = segment.Text("name"),
                expansion = new { seeds = new { @event = "purchase", top = Seeds }, count = journey.Data.MemberCount / 16, model = journey.Model },
            },
            cancellationToken);
        var path = $"/v1/{audience.Text("name")}";
        await Screen.RunAsync(journey.Client, $"Audience of the {Title(line)}", $"{path}:expand", new { }, cancellationToken);
        return await journey.Client.GetAsync(path, cancellationToken);
    }

    private static async Task CampaignAsync(JourneyState journey, string line, string audience, CancellationToken cancellationToken)
    {
        var product = await journey.Client.PostAsync("/v1/products", new { displayName = $"{line}wear", line, marginRate = MarginRate }, cancellationToken);
        var campaign = await journey.Client.PostAsync(
            "/v1/campaigns",
            new
            {
                displayName = Title(line),
                channel = "email",
                topic = Topic,
                product = product.Text("name"),
                audience,
                action = $"{line}-email",
                costPerSend = new { amount = "0.10", currency = journey.Currency },
                sender = new { address = "shop@retailer.invalid", name = "The Shop" },
                startsAt = journey.SendingFrom,
                endsAt = journey.SendingFrom + Week,
                variants = Wordings(line),
            },
            cancellationToken);
        journey.Campaigns[line] = campaign.Text("name");
        await journey.Client.PostAsync($"/v1/{campaign.Text("name")}:validate", new { }, cancellationToken);
    }

    private static object[] Wordings(string line) =>
    [
        Wording("plain", $"New in {line}wear this week", "Five new pieces have arrived."),
        Wording("welcome", $"Your first pick from {line}wear", "{{#if newbie}}Good to have you with us. {{/if}}Start with what others loved."),
        Wording("both", $"{line}wear, and something that goes with it", "Chosen to go with what you bought last."),
    ];

    private static object Wording(string name, string subject, string sentence) => new
    {
        displayName = name,
        subject,
        html = $"<p>Hello,</p><p>{sentence}</p><p><a href=\"https://shop.invalid/new\">Look inside</a></p><p><a href=\"{{{{unsubscribeUrl}}}}\">Unsubscribe</a></p>",
        text = $"Hello,\n\n{sentence}\n\nhttps://shop.invalid/new\n\nUnsubscribe: {{{{unsubscribeUrl}}}}\n",
    };
}
