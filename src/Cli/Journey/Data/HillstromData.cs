using System.Globalization;
using System.IO.Compression;
using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>
/// Kevin Hillstrom's MineThatData e-mail challenge of 2008. The file has attributes, arm and outcome and nothing else, so ids, addresses,
/// time zone, consent and instants are assumed here, alike for everyone and therefore without effect on any comparison of arms.
/// </summary>
internal sealed class HillstromData : IJourneyData
{
    private const string TimeZone = "America/New_York";
    private const int OutcomeDelayDays = 7;
    private const ulong RecipientSeed = 2008;

    private static readonly DateTimeOffset Mailing = new(2008, 3, 20, 15, 0, 0, TimeSpan.Zero);

    private readonly IReadOnlyList<HillstromRow> _rows;

    private HillstromData(IReadOnlyList<HillstromRow> rows)
    {
        _rows = rows;
        Recipients = new MailResponseModel(RetailerTruth.ForCustomers(RecipientSeed, [.. rows.Select(row => row.Attributes)]));
    }

    public string Name => "Hillstrom";

    public string Provenance => string.Create(
        CultureInfo.InvariantCulture,
        $"{MemberCount:N0} customers of the Hillstrom file. Not in the file and assumed: ids by line, .invalid addresses, zone {TimeZone}, "
        + $"consent of all, mailing at {Mailing:yyyy-MM-dd HH:mm} UTC, outcomes {OutcomeDelayDays} days later, and how recipients answer new mails.");

    public int MemberCount => _rows.Count;

    public DateTimeOffset CampaignAt => Mailing;

    public int OutcomeDays => 14;

    /// <summary>An assumed truth over the file's attributes: what new mails would bring is in no file.</summary>
    public int HistoryDays => 0;

    public MailResponseModel Recipients { get; }

    /// <summary>Reads the file, plain or gzipped.</summary>
    public static HillstromData Read(string path)
    {
        using var file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(content);
        try
        {
            if (reader.ReadLine()?.Trim() != HillstromRow.Header)
            {
                throw new CommandFailedException($"{path} is not the Hillstrom file: its first line is not {HillstromRow.Header}", NoahCommand.Usage);
            }

            var rows = new List<HillstromRow>();
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0)
                {
                    rows.Add(HillstromRow.Parse(line, rows.Count + 2));
                }
            }
            return new HillstromData(rows);
        }
        catch (InvalidDataException damaged)
        {
            throw new CommandFailedException($"{path} cannot be unpacked: {damaged.Message}", NoahCommand.Usage);
        }
    }

    public Task WriteMembersAsync(Stream target, CancellationToken cancellationToken) => Csv.WriteAsync(
        target,
        IJourneyData.MembersHeader,
        _rows.Select((row, index) => (string[])
        [
            Id(index), string.Create(CultureInfo.InvariantCulture, $"c{index + 1:D6}@hillstrom.invalid"), TimeZone, Csv.Boolean(true),
            .. RetailAttributes.Fields(row.Attributes),
        ]),
        cancellationToken);

    public Task WriteExposuresAsync(Stream target, CancellationToken cancellationToken) => Csv.WriteAsync(
        target,
        IJourneyData.ExposuresHeader,
        _rows.Select((row, index) => (string[])[Id(index), RetailArms.Name(row.Arm), Csv.Instant(Mailing)]),
        cancellationToken);

    public Task WriteEventsAsync(Stream target, CancellationToken cancellationToken) =>
        Csv.WriteAsync(target, IJourneyData.EventsHeader, _rows.SelectMany(Outcomes), cancellationToken);

    public Task WriteHistoryAsync(Stream target, CancellationToken cancellationToken) =>
        Csv.WriteAsync(target, IJourneyData.EventsHeader, [], cancellationToken);

    private static IEnumerable<string[]> Outcomes(HillstromRow row, int index)
    {
        var at = Csv.Instant(Mailing.AddDays(OutcomeDelayDays));
        if (row.Visit)
        {
            yield return [$"{Id(index)}-visit", Id(index), "visit", at, ""];
        }

        if (row.Conversion)
        {
            yield return [$"{Id(index)}-purchase", Id(index), "purchase", at, Csv.Amount(row.Spend)];
        }
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"hil-{index + 1:D6}");
}
