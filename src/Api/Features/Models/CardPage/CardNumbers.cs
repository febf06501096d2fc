using System.Globalization;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>Figures as the card prints them.</summary>
internal static class CardNumbers
{
    public const string Missing = "–";

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    public static string Percent(double share) => Number(100 * share, "0.00") + " %";

    public static string Signed(double value) => (value > 0 ? "+" : "") + Number(value, Math.Abs(value) < 0.001 ? "0.000000" : "0.0000").Replace('-', '−');

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>With its interval, or a dash.</summary>
    public static string Between(double? value, double? lower, double? upper, string format = "0.000") => value is not { } known
        ? Missing
        : Minus(Number(known, format)) + (lower is { } low && upper is { } high ? $" ({Minus(Number(low, format))} to {Minus(Number(high, format))})" : "");

    private static string Minus(string number) => number.Replace('-', '−');
}
