using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// A log of the Open Bandit sample for men, its 34 items taken as four lines and no send. The mapping was fixed before any outcome was
/// looked at: items in ascending order of item_feature_0, ties by id; the first 6 are no send, then 7 each for A, B, C and D. A row is
/// a member, a click a conversion, and what a member does on a "no send" item is what they do unsent.
/// </summary>
/// <remarks>The mapping is arbitrary, so that others, in which the items stand in a random order, tell how much hangs on it.</remarks>
/// <param name="Features">Position on the page and the four hashed features of the user, all as names.</param>
/// <param name="Arms">0 for no send, b + 1 for line b.</param>
/// <param name="Weights">One over the probability that the row's arm came up, were the arm's items shown alike.</param>
/// <param name="Clicks">Whether the row was clicked.</param>
internal sealed record OpenBanditLog(FeatureTable Features, int[] Arms, double[] Weights, bool[] Clicks)
{
    public static int ArmCount => ProductLine.Count + 1;

    private const int Items = 34, UnsentItems = 6;

    /// <summary>Reads the log of a policy, "random" or "bts"; null when the data are not on this machine.</summary>
    /// <param name="policy">Policy that showed the items.</param>
    /// <param name="mapping">0 for the mapping by item feature, otherwise the seed of a random order of the items.</param>
    public static OpenBanditLog? Read(string policy, int mapping = 0)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data"), "open-bandit");
        var path = Path.Combine(folder, $"{policy}_men.csv.gz");
        if (!File.Exists(path))
        {
            return null;
        }

        var armOf = ArmOfItem(Path.Combine(folder, $"{policy}_men_item_context.csv.gz"), mapping);
        var size = armOf.CountBy(arm => arm).ToDictionary();
        var lines = Lines(path);
        var (header, rows) = (lines[0], lines[1..]);
        int item = header.IndexOf("item_id"), click = header.IndexOf("click"), propensity = header.IndexOf("propensity_score");
        int[] arms = [.. rows.Select(row => armOf[int.Parse(row[item], CultureInfo.InvariantCulture)])];
        string[] names = ["position", "user_feature_0", "user_feature_1", "user_feature_2", "user_feature_3"];
        return new OpenBanditLog(
            new FeatureTable([.. names.Select(name => FeatureColumn.Categorical(name, [.. rows.Select(row => row[header.IndexOf(name)])]))]),
            arms,
            [.. rows.Select((row, i) => 1 / (size[arms[i]] * double.Parse(row[propensity], CultureInfo.InvariantCulture)))],
            [.. rows.Select(row => row[click] == "1")]);
    }

    private static int[] ArmOfItem(string path, int mapping)
    {
        var rows = Lines(path);
        int id = rows[0].IndexOf("item_id"), feature = rows[0].IndexOf("item_feature_0");
        var ranked = rows.Skip(1)
            .Select(row => (Id: int.Parse(row[id], CultureInfo.InvariantCulture), Feature: double.Parse(row[feature], CultureInfo.InvariantCulture)))
            .OrderBy(item => item.Feature).ThenBy(item => item.Id).ToArray();
        if (mapping != 0)
        {
            new Random(mapping).Shuffle(ranked);
        }

        var arms = new int[Items];
        foreach (var (rank, item) in ranked.Index())
        {
            arms[item.Id] = rank < UnsentItems ? 0 : 1 + (rank - UnsentItems) * ProductLine.Count / (Items - UnsentItems);
        }

        return arms;
    }

    private static List<List<string>> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = new List<List<string>>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add([.. line.Split(',')]);
        }

        return lines;
    }
}
