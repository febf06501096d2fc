using System.Globalization;

namespace Noah.Api.Features.Imports;

/// <summary>How fields of files are read. Instants without an offset are UTC; a date alone is its midnight.</summary>
internal static class FieldReading
{
    public const int MaximumIdLength = 200;

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd",
    ];

    public static bool TryInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    /// <summary>Money as the database keeps it: 14 digits before the point.</summary>
    public static bool TryAmount(string text, out decimal amount) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
        && Math.Abs(amount) < 100_000_000_000_000m;

    /// <summary>The fault of an identifier that is missing or too long; null when it is neither.</summary>
    public static RowFault? FaultOfId(ImportColumn column, long line, string id) =>
        id.Length == 0 ? column.Fault(line, "missing", $"{column.Name} is empty.")
        : id.Length > MaximumIdLength ? column.Fault(line, "tooLong", $"{column.Name} has more than {MaximumIdLength} characters.")
        : null;
}
