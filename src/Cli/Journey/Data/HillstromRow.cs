using System.Globalization;
using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>One customer of the Hillstrom file.</summary>
internal sealed record HillstromRow(CustomerAttributes Attributes, CampaignArm Arm, bool Visit, bool Conversion, double Spend)
{
    public const string Header = "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend";

    private const int Columns = 12;

    public static HillstromRow Parse(string line, int lineNumber)
    {
        var fields = Csv.Split(line);
        if (fields.Length != Columns)
        {
            throw Malformed(lineNumber, $"{fields.Length} fields, not {Columns}");
        }

        return new HillstromRow(
            new CustomerAttributes(
                Recency: (int)Number(fields[0], lineNumber),
                History: Number(fields[2], lineNumber),
                HistorySegment: fields[1],
                Mens: fields[3] == "1",
                Womens: fields[4] == "1",
                ZipCode: fields[5],
                Newbie: fields[6] == "1",
                Channel: fields[7]),
            fields[8] switch
            {
                "No E-Mail" => CampaignArm.None,
                "Mens E-Mail" => CampaignArm.MensEmail,
                "Womens E-Mail" => CampaignArm.WomensEmail,
                _ => throw Malformed(lineNumber, $"unknown segment '{fields[8]}'"),
            },
            Visit: fields[9] == "1",
            Conversion: fields[10] == "1",
            Spend: Number(fields[11], lineNumber));
    }

    private static double Number(string field, int lineNumber) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Malformed(lineNumber, $"'{field}' is no number");

    private static CommandFailedException Malformed(int lineNumber, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The Hillstrom file, line {lineNumber}: {reason}."), NoahCommand.Usage);
}
