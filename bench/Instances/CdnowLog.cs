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

    /// <summary>The sample's summary as published, in weeks with two decimals: the published parameters stand on the rounded times.</summary>
    public static CustomerSummary[]? PublishedSummary() => Rows("cdnow_customers_summary_with_transactions.csv.gz", ',') is not { } rows
        ? null
        : [.. rows.Select(cells => new CustomerSummary(
            long.Parse(cells[0], CultureInfo.InvariantCulture),
            int.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture),
            double.Parse(cells[4], CultureInfo.InvariantCulture)))];

    private static Purchase[]? Read(string file, int keyColumn) => Rows(file, ' ') is not { } rows
        ? null
        : [.. rows.Select(cells => new Purchase(
            long.Parse(cells[keyColumn], CultureInfo.InvariantCulture),
            DateOnly.ParseExact(cells[keyColumn + 1], "yyyyMMdd", CultureInfo.InvariantCulture),
            double.Parse(cells[^1], CultureInfo.InvariantCulture)))];

    /// <summary>Lines that begin with a number: two of the files have a header.</summary>
    private static List<string[]>? Rows(string file, char separator)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("NOAH_DATA") ?? Path.Combine("..", "shared", "data"), "cdnow", file);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(separator, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length > 0 && long.TryParse(cells[0], CultureInfo.InvariantCulture, out _))
            {
                rows.Add(cells);
            }
        }
        return rows;
    }
}
