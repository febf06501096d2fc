using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>Hillstrom's randomised campaign, the customers of "Womens E-Mail" and "No E-Mail" alone: 42,693 rows, one half treated.</summary>
internal sealed record EmailExperiment(FeatureTable Features, bool[] Treated, float[] Visits, float[] Spend)
{
    private const string TreatedArm = "Womens E-Mail", ControlArm = "No E-Mail";

    private static readonly string[] NumberColumns = ["recency", "history", "mens", "womens", "newbie"];
    private static readonly string[] NameColumns = ["history_segment", "zip_code", "channel"];

    /// <summary>The customers were split in three arms at equal chance.</summary>
    public const float Propensity = 0.5f;

    public int Rows => Treated.Length;

    public float[] Propensities => [.. Enumerable.Repeat(Propensity, Rows)];

    /// <summary>Null when the data are not on this machine.</summary>
    public static EmailExperiment? Read()
    {
        var folder = Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data");
        var path = Path.Combine(folder, "hillstrom", "hillstrom.csv.gz");
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = Fields(reader.ReadLine()!);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var fields = Fields(line);
            if (fields[Array.IndexOf(header, "segment")] is TreatedArm or ControlArm)
            {
                rows.Add(fields);
            }
        }

        string[] Names(string column) => [.. rows.Select(row => row[Array.IndexOf(header, column)])];
        float[] Numbers(string column) => [.. Names(column).Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        var features = new FeatureTable(
        [
            .. NumberColumns.Select(name => FeatureColumn.Numeric(name, Numbers(name))),
            .. NameColumns.Select(name => FeatureColumn.Categorical(name, Names(name))),
        ]);
        return new EmailExperiment(features, [.. Names("segment").Select(arm => arm == TreatedArm)], Numbers("visit"), Numbers("spend"));
    }

    public EmailExperiment Select(int[] rows) => new(
        Features.Select(rows), [.. rows.Select(row => Treated[row])], [.. rows.Select(row => Visits[row])], [.. rows.Select(row => Spend[row])]);

    // One field, "7) $1,000 +", holds a comma and stands in quotes on some copies; none holds a quote.
    private static string[] Fields(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Trim(',').Split(',')).Where(part => part.Length > 0)];
}
