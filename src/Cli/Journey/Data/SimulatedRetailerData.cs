using System.Globalization;
using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>The built-in retailer: generated, seeded, with known truth.</summary>
internal sealed class SimulatedRetailerData(ulong seed, int customers = 20_000) : IJourneyData
{
    public const ulong DefaultSeed = 42;

    public RetailerWorld World { get; } = RetailerWorld.Generate(new RetailerOptions(seed, customers));

    public string Name => "Simulated retailer";

    public string Provenance => string.Create(
        CultureInfo.InvariantCulture,
        $"{MemberCount:N0} simulated customers (seed {World.Options.Seed}); every address ends in .invalid, the true response is known.");

    public int MemberCount => World.Members.Count;

    public DateTimeOffset CampaignAt => World.Options.CampaignAt;

    public int OutcomeDays => World.Options.OutcomeDays;

    public int HistoryDays { get; } = 365;

    public MailResponseModel Recipients => new(World.Truth);

    public Task WriteMembersAsync(Stream target, CancellationToken cancellationToken) => Csv.WriteAsync(
        target,
        IJourneyData.MembersHeader,
        World.Members.Select(member => (string[])
        [
            member.ExternalId, member.Email, member.TimeZone, Csv.Boolean(member.EmailConsent), .. RetailAttributes.Fields(member.Attributes),
        ]),
        cancellationToken);

    public Task WriteExposuresAsync(Stream target, CancellationToken cancellationToken) => Csv.WriteAsync(
        target,
        IJourneyData.ExposuresHeader,
        World.Campaign.Select(row => (string[])[Id(row.Member), RetailArms.Name(row.Arm), Csv.Instant(row.ExposedAt)]),
        cancellationToken);

    public Task WriteEventsAsync(Stream target, CancellationToken cancellationToken) =>
        Csv.WriteAsync(target, IJourneyData.EventsHeader, World.Campaign.SelectMany(Outcomes), cancellationToken);

    public Task WriteHistoryAsync(Stream target, CancellationToken cancellationToken) =>
        Csv.WriteAsync(target, IJourneyData.EventsHeader, World.History.Select(Past), cancellationToken);

    private IEnumerable<string[]> Outcomes(CampaignObservation row)
    {
        var id = Id(row.Member);
        if (row.VisitedAt is { } visited)
        {
            yield return [$"{id}-visit", id, "visit", Csv.Instant(visited), ""];
        }

        if (row.PurchasedAt is { } purchased)
        {
            yield return [$"{id}-purchase", id, "purchase", Csv.Instant(purchased), Csv.Amount(row.Spend)];
        }
    }

    private string[] Past(PastEvent row, int index)
    {
        var (type, amount) = row.Kind == PastEventKind.Purchase ? ("purchase", Csv.Amount(row.Amount)) : ("open", "");
        return [$"sim-past-{(index + 1).ToString(CultureInfo.InvariantCulture)}", Id(row.Member), type, Csv.Instant(row.OccurredAt), amount];
    }

    private string Id(int member) => World.Members[member].ExternalId;
}
