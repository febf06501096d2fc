using System.Globalization;
using System.IO.Compression;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests;

/// <summary>The real e-mail experiment, read from NOAH_DATA or from shared/data beside the repository.</summary>
internal static class Hillstrom
{
    private static readonly string[] Arms = ["Mens E-Mail", "Womens E-Mail", "No E-Mail"];

    private static readonly Lazy<(bool Visit, bool Conversion, double Spend)[][]?> Rows = new(Read);

    public static ExperimentInput Experiment()
    {
        Assert.SkipWhen(Rows.Value is null, "The Hillstrom file is not on this machine; set NOAH_DATA to the folder that holds hillstrom/.");
        var rows = Rows.Value!;
        return new ExperimentInput(
            Arms.Select((name, i) => new ArmInput(name, 1, rows[i].Length, name == "No E-Mail")).ToArray(),
            [
                new("visit", MetricKind.Binary, rows.Select(arm => new BinarySample(arm.Length, arm.Count(row => row.Visit))).ToArray()),
                new("conversion", MetricKind.Binary, rows.Select(arm => new BinarySample(arm.Length, arm.Count(row => row.Conversion))).ToArray()),
                new("spend", MetricKind.ZeroInflated, rows.Select(Spend).ToArray(), "USD"),
            ]);
    }

    private static ZeroInflatedSample Spend((bool Visit, bool Conversion, double Spend)[] arm) =>
        ZeroInflatedSample.FromValues(arm.Select(row => row.Spend).ToArray());

    private static (bool, bool, double)[][]? Read()
    {
        var path = Path.Combine(Folder(), "hillstrom", "hillstrom.csv.gz");
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',').Reverse().ToList();
        int segment = header.IndexOf("segment"), visit = header.IndexOf("visit");
        int conversion = header.IndexOf("conversion"), spend = header.IndexOf("spend");
        var rows = Arms.Select(_ => new List<(bool, bool, double)>()).ToArray();
        while (reader.ReadLine() is { } line)
        {
            // Counted from the end: an earlier column holds quoted commas.
            var cells = line.Split(',').Reverse().ToArray();
            rows[Array.IndexOf(Arms, cells[segment])].Add(
                (cells[visit] == "1", cells[conversion] == "1", double.Parse(cells[spend], CultureInfo.InvariantCulture)));
        }

        return rows.Select(arm => arm.ToArray()).ToArray();
    }

    internal static string Folder()
    {
        if (Environment.GetEnvironmentVariable("NOAH_DATA") is { Length: > 0 } folder)
        {
            return folder;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Noah.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.Parent?.FullName ?? ".", "shared", "data");
    }
}
