using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

/// <summary>CDNOW's 1/10 sample, as a log and as the summary that the published parameters stand on. A test that needs it skips without it.</summary>
internal static class CdnowData
{
    /// <summary>The last day of the 39 weeks of calibration.</summary>
    public static readonly DateOnly End = new(1997, 9, 30);

    public static CustomerSummary[] Summary() => [.. Lines("cdnow_customers_summary_with_transactions.csv.gz").Skip(1)
        .Select(line => line.Split(','))
        .Select(cells => new CustomerSummary(long.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), Number(cells[2]), Number(cells[3]), Number(cells[4])))];

    public static Purchase[] Log() => [.. Lines("CDNOW_sample.txt.gz")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 5)
        .Select(cells => new Purchase(long.Parse(cells[1], CultureInfo.InvariantCulture), DateOnly.ParseExact(cells[2], "yyyyMMdd", CultureInfo.InvariantCulture), Number(cells[4])))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Lines(string file, [CallerFilePath] string source = "")
    {
        var root = new DirectoryInfo(Path.GetDirectoryName(source)!);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Noah.sln")))
        {
            root = root.Parent;
        }
        string folder = Environment.GetEnvironmentVariable("NOAH_DATA") is { Length: > 0 } given ? given : Path.Combine(root?.FullName ?? ".", "..", "shared", "data");
        string path = Path.Combine(folder, "cdnow", file);
        Assert.SkipUnless(File.Exists(path), $"cdnow/{file} is not in $NOAH_DATA, or, where that is not set, in ../shared/data beside the repository.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
