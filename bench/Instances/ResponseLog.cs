using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>A real log of contacts and whether they were answered.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="ActionNames">The arms; the first is no contact, or the only one.</param>
/// <param name="Features">Known before the contact.</param>
/// <param name="Actions">[rows] arms.</param>
/// <param name="Labels">[rows] 0 or 1.</param>
internal sealed record ResponseLog(string Name, string[] ActionNames, FeatureTable Features, int[] Actions, float[] Labels)
{
    /// <summary>UCI bank marketing, 41,188 calls, without the duration of the call, which is known only after it; null where it is not here.</summary>
    public static ResponseLog? BankMarketing()
    {
        if (Read(Path.Combine("bank-marketing", "bank-additional-full.csv.gz"), ';') is not { } table)
        {
            return null;
        }
        string[] numbers =
        [
            "age", "campaign", "pdays", "previous", "emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed",
        ];
        string[] names = ["job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week", "poutcome"];
        float[] labels = [.. table["y"].Select(answer => answer == "yes" ? 1f : 0f)];
        return new ResponseLog("bank-marketing", ["none"], FeaturesOf(table, numbers, names), new int[labels.Length], labels);
    }

    /// <summary>Hillstrom's e-mail campaign, 64,000 customers in three arms, visits; null where it is not here.</summary>
    public static ResponseLog? HillstromVisit()
    {
        if (Read(Path.Combine("hillstrom", "hillstrom.csv.gz"), ',') is not { } table)
        {
            return null;
        }
        int[] arms = [.. table["segment"].Select(arm => arm switch { "Mens E-Mail" => 1, "Womens E-Mail" => 2, _ => 0 })];
        var features = FeaturesOf(table, ["recency", "history", "mens", "womens", "newbie"], ["history_segment", "zip_code", "channel"]);
        return new ResponseLog("hillstrom", ["none", "mens", "womens"], features, arms, Numbers(table["visit"]));
    }

    public ResponseLog Select(int[] rows) => this with
    {
        Features = Features.Select(rows),
        Actions = [.. rows.Select(row => Actions[row])],
        Labels = [.. rows.Select(row => Labels[row])],
    };

    private static FeatureTable FeaturesOf(Dictionary<string, string[]> table, string[] numbers, string[] names) => new(
    [
        .. numbers.Select(name => FeatureColumn.Numeric(name, Numbers(table[name]))),
        .. names.Select(name => FeatureColumn.Categorical(name, table[name])),
    ]);

    private static float[] Numbers(string[] texts) => Array.ConvertAll(texts, text => float.Parse(text, CultureInfo.InvariantCulture));

    private static Dictionary<string, string[]>? Read(string file, char separator)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data"), file);
        if (!File.Exists(path))
        {
            return null;
        }
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = Fields(reader.ReadLine()!, separator);
        var rows = new List<List<string>>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Fields(line, separator));
        }
        return header.Index().ToDictionary(column => column.Item, column => rows.Select(row => row[column.Index]).ToArray());
    }

    /// <summary>A quoted field may hold the separator; none holds a quote.</summary>
    private static List<string> Fields(string line, char separator)
    {
        var fields = new List<string>();
        for (var start = 0; start <= line.Length;)
        {
            var quoted = start < line.Length && line[start] == '"';
            var end = quoted ? line.IndexOf('"', start + 1) : line.IndexOf(separator, start);
            end = end < 0 ? line.Length : end;
            fields.Add(quoted ? line[(start + 1)..end] : line[start..end]);
            start = quoted ? end + 2 : end + 1;
        }
        return fields;
    }
}
