using System.Text;
using Noah.Cli.Client;
using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Chapters;

/// <summary>
/// Plays the recipients from the mails that really arrived: opens, clicks, visits and purchases come back as events that answer to the
/// send, and an unsubscribe is a one-click POST to the link in the mail's own header.
/// </summary>
internal static class Recipients
{
    private const int BatchSize = 1000;
    private const ulong Occasion = 1;

    public static async Task<IReadOnlyDictionary<string, RecipientCounts>> PlayAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(journey, cancellationToken);
        var variants = await VariantsAsync(journey, cancellationToken);
        var lines = journey.Campaigns.ToDictionary(campaign => campaign.Value[(campaign.Value.LastIndexOf('/') + 1)..], campaign => (Line: campaign.Key, Name: campaign.Value));
        var counts = journey.Campaigns.Values.ToDictionary(name => name, _ => new RecipientCounts());
        var events = new List<object>();
        using var browser = new HttpClient();
        foreach (var mail in journey.Environment.Mail.Messages().Select(ArrivedMail.Read))
        {
            var (index, externalId, zone) = members[mail.Recipient];
            var (line, name) = lines[mail.Campaign];
            var arm = line == "mens" ? CampaignArm.MensEmail : CampaignArm.WomensEmail;
            var hour = TimeZoneInfo.ConvertTime(mail.At, zone).Hour;
            var response = journey.Data.Recipients.Draw(index, arm, variants[mail.Variant], hour, Occasion);
            events.AddRange(Events(mail, externalId, response, counts[name]));
            if (response.UnsubscribedAfter is not null)
            {
                counts[name].Unsubscribed++;
                using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
                (await browser.PostAsync(mail.UnsubscribeLink, oneClick, cancellationToken)).EnsureSuccessStatusCode();
            }
        }

        foreach (var batch in events.Chunk(BatchSize))
        {
            await journey.Client.PostAsync("/v1/events:batch", new { events = batch }, cancellationToken);
        }

        return counts;
    }

    private static IEnumerable<object> Events(ArrivedMail mail, string externalId, MailResponse response, RecipientCounts counts)
    {
        object Event(string type, TimeSpan after, double? amount = null) => new
        {
            eventId = $"{mail.Send}-{type}",
            member = externalId,
            type,
            occurredAt = mail.At + after,
            amount = amount is { } spend ? (decimal?)Math.Round((decimal)spend, 2) : null,
            send = mail.Send,
        };
        if (response.OpenedAfter is { } opened)
        {
            counts.Opened++;
            yield return Event("open", opened);
        }

        if (response.ClickedAfter is { } clicked)
        {
            counts.Clicked++;
            yield return Event("click", clicked);
        }

        if (response.VisitedAfter is { } visited)
        {
            counts.Visited++;
            yield return Event("visit", visited);
        }

        if (response.PurchasedAfter is { } bought)
        {
            counts.Bought++;
            yield return Event("purchase", bought, response.Spend);
        }
    }

    /// <summary>Line, id and zone of each member, by address, from the file that was uploaded.</summary>
    private static async Task<Dictionary<string, (int Index, string ExternalId, TimeZoneInfo Zone)>> MembersAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await journey.Data.WriteMembersAsync(file, cancellationToken);
        return Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select((line, index) => (Fields: line.Split(','), Index: index))
            .ToDictionary(
                member => member.Fields[1],
                member => (member.Index, member.Fields[0], TimeZoneInfo.FindSystemTimeZoneById(member.Fields[2].Length > 0 ? member.Fields[2] : "America/New_York")));
    }

    /// <summary>Position of each variant in its campaign, by id.</summary>
    private static async Task<Dictionary<string, int>> VariantsAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var variants = new Dictionary<string, int>();
        foreach (var campaign in journey.Campaigns.Values)
        {
            var view = await journey.Client.GetAsync($"/v1/{campaign}", cancellationToken);
            foreach (var (variant, position) in view.Items("variants").Select((variant, position) => (variant, position)))
            {
                variants[variant.Id()] = position;
            }
        }

        return variants;
    }
}
