using System.Globalization;
using System.Text.RegularExpressions;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>Numbers as an analyst writes them: enough digits to act on, a real minus sign, a dash where there is no number.</summary>
internal static partial class Figures
{
    public const string Missing = "–";
    private const double SmallestPlainP = 0.0001;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Count(long value) => value.ToString("N0", Culture).Replace(',', '\u202F');

    public static string Percent(double? share, int digits = 2) => share is { } value ? Plain(100 * value, digits) + " %" : Missing;

    public static string SignedPercent(double? share, int digits = 1) => share is { } value ? Signed(100 * value, digits) + " %" : Missing;

    public static string Plain(double? value, int digits) => value is { } number ? number.ToString("F" + digits, Culture).Replace('-', '−') : Missing;

    public static string Signed(double? value, int digits) =>
        value is { } number ? (Math.Round(number, digits) > 0 ? "+" : "") + Plain(number, digits) : Missing;

    public static string Range(Interval? interval, double scale, int digits) => interval is { } range
        ? $"{Signed(scale * range.Lower, digits)} to {Signed(scale * range.Upper, digits)}"
        : Missing;

    public static string PlainRange(Interval? interval, double scale, int digits) => interval is { } range
        ? $"{Plain(scale * range.Lower, digits)} to {Plain(scale * range.Upper, digits)}"
        : Missing;

    /// <summary>A p value: four decimals, below that a power of ten, so that 1.2 × 10⁻⁷ and 10⁻¹³ stay apart.</summary>
    public static string P(double? p)
    {
        if (p is not { } value)
        {
            return Missing;
        }

        if (value >= SmallestPlainP)
        {
            return value.ToString("0.0000", Culture);
        }

        if (value == 0)
        {
            return "< 10⁻³⁰⁰";
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        var mantissa = value / Math.Pow(10, exponent);
        return $"{mantissa.ToString("0.0", Culture)} × 10{Superscript(exponent)}";
    }

    /// <summary>A sentence of the engine, with its powers of ten and minus signs set as in the tables.</summary>
    public static string Prose(string sentence) => Hyphen().Replace(
        PowerOfTen().Replace(sentence, match => $"{match.Groups[1].Value} × 10{Superscript(int.Parse(match.Groups[2].Value, Culture))}"), "−");

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy HH:mm", Culture) + " UTC";

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", Culture);

    private static string Superscript(int exponent) => string.Concat(
        exponent.ToString(Culture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    [GeneratedRegex(@"(\d(?:\.\d+)?)E([+-]\d+)")]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"(?<=[ (])-(?=\d)")]
    private static partial Regex Hyphen();
}
