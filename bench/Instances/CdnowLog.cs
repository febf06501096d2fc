using System.Globalization;
using System.IO.Compression;
using Noah.Prediction.Transactions;

namespace Noah.Bench.Instances;

/// <summary>
/// The purchases of CDNOW's new customers of early 1997 (Fader and Hardie), from 1 January 1997 to 30 June 1998. Week w ends with day 7 w,
/// counted from 1 January: week 39 on 30 September 1997.
/// </summary>
internal static class CdnowLog
{
    private static readonly DateOnly FirstDay = new(1997, 1, 1);

    /// <summary>The whole cohort; null when the data are not on this machine.</summary>
    public static Purchase[]? Cohort() => Read("CDNOW_master.txt.gz", 0);

    /// <summary>The systematic tenth that the published parameters stand on.</summary>
    public static Purchase[]? Sample() => Read("CDNOW_sample.txt.gz", 1);

    public static DateOnly EndOfWeek(int week) => FirstDay.AddDays(7 * week - 1);

    private static Purchase[]? Read(string file, int keyColumn)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data"), "cdnow", file);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var purchases = new List<Purchase>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // The cohort's file has a header, and the sample's a second key.
            if (cells.Length > 0 && int.TryParse(cells[0], CultureInfo.InvariantCulture, out _))
            {
                purchases.Add(new Purchase(
                    long.Parse(cells[keyColumn], CultureInfo.InvariantCulture),
                    DateOnly.ParseExact(cells[keyColumn + 1], "yyyyMMdd", CultureInfo.InvariantCulture),
                    double.Parse(cells[^1], CultureInfo.InvariantCulture)));
            }
        }
        return [.. purchases];
    }
}
