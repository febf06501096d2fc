using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Hillstrom;

/// <summary>The real randomised campaign (64,000 customers), split in two halves by a fixed seed.</summary>
internal sealed record HillstromData(FeatureTable Features, int[] Actions, float[] Visit, float[] Conversion, float[] Spend)
{
    public static readonly string[] ActionNames = ["none", "mens", "womens"];

    private static readonly Lazy<HillstromData?> All = new(Read);

    public static (HillstromData Train, HillstromData Test) Halves()
    {
        Assert.SkipUnless(All.Value is not null, "hillstrom/hillstrom.csv.gz is not in $NOAH_DATA, or, where that is not set, in ../shared/data beside the repository.");
        var all = All.Value!;
        var order = Enumerable.Range(0, all.Actions.Length).ToArray();
        new Random(20080320).Shuffle(order);
        return (all.Select(order[..(order.Length / 2)]), all.Select(order[(order.Length / 2)..]));
    }

    private HillstromData Select(int[] rows) => new(
        Features.Select(rows), Pick(Actions, rows), Pick(Visit, rows), Pick(Conversion, rows), Pick(Spend, rows));

    private static T[] Pick<T>(T[] values, int[] rows) => [.. rows.Select(row => values[row])];

    private static HillstromData? Read()
    {
        string? path = Candidates().FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = Fields(reader.ReadLine()!);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Fields(line));
        }
        string[] Names(string column) => [.. rows.Select(row => row[Array.IndexOf(header, column)])];
        float[] Numbers(string column) => [.. Names(column).Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        var features = new FeatureTable(
        [
            .. new[] { "recency", "history", "mens", "womens", "newbie" }.Select(name => FeatureColumn.Numeric(name, Numbers(name))),
            .. new[] { "history_segment", "zip_code", "channel" }.Select(name => FeatureColumn.Categorical(name, Names(name))),
        ]);
        int[] actions = [.. Names("segment").Select(arm => arm switch { "Mens E-Mail" => 1, "Womens E-Mail" => 2, _ => 0 })];
        return new HillstromData(features, actions, Numbers("visit"), Numbers("conversion"), Numbers("spend"));
    }

    // One field, "7) $1,000 +", holds a comma; none holds a quote.
    private static string[] Fields(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Trim(',').Split(',')).Where((part, _) => part.Length > 0)];

    private static IEnumerable<string> Candidates()
    {
        const string file = "hillstrom/hillstrom.csv.gz";
        if (Environment.GetEnvironmentVariable("NOAH_DATA") is { Length: > 0 } folder)
        {
            yield return Path.Combine(folder, file);
            yield break;
        }
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Noah.sln")) && at.Parent is { } beside)
            {
                yield return Path.Combine(beside.FullName, "shared/data", file);
            }
        }
    }
}
