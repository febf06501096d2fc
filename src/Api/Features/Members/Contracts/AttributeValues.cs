using System.Globalization;
using System.Text.Json;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>
/// The one definition of what a value of each attribute type looks like, as JSON and as text of a file, and of how it is stored:
/// numbers as JSON numbers, dates as <c>yyyy-MM-dd</c>, names as an array, so that stored values compare as they should. In a file names are parted by <c>|</c>.
/// </summary>
internal static class AttributeValues
{
    public const int MaximumTextLength = 1000;
    public const int MaximumNames = 100;
    private const char NameSeparator = '|';
    private const string DateFormat = "yyyy-MM-dd";

    public static string Expected(AttributeType type) => type switch
    {
        AttributeType.Number => "a finite number",
        AttributeType.Text => $"text of at most {MaximumTextLength} characters",
        AttributeType.Boolean => "true or false",
        AttributeType.Names => $"a list of at most {MaximumNames} names, each text of 1 to {MaximumTextLength} characters (parted by | in a file)",
        _ => "a date such as 2026-05-31",
    };

    /// <summary>True when the JSON value is one of the type. Null is a value of none.</summary>
    public static bool Matches(AttributeType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (AttributeType.Number, JsonValueKind.Number) => value.TryGetDouble(out var number) && Fits(number),
        (AttributeType.Text, JsonValueKind.String) => Fits(value.GetString()!),
        (AttributeType.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (AttributeType.Date, JsonValueKind.String) => TryDate(value.GetString()!, out _),
        (AttributeType.Names, JsonValueKind.Array) => value.GetArrayLength() <= MaximumNames
            && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String && IsName(name.GetString()!)),
        _ => false,
    };

    /// <summary>Writes the text of a file's field as a property; false, with nothing written, when it is not a value of the type.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, string name, AttributeType type, string text)
    {
        switch (type)
        {
            case AttributeType.Number when TryNumber(text, out var number):
                writer.WriteNumber(name, number);
                return true;
            case AttributeType.Text when Fits(text):
                writer.WriteString(name, text);
                return true;
            case AttributeType.Boolean when TryBoolean(text, out var flag):
                writer.WriteBoolean(name, flag);
                return true;
            case AttributeType.Date when TryDate(text, out _):
                writer.WriteString(name, text);
                return true;
            case AttributeType.Names when TryNames(text, out var names):
                writer.WriteStartArray(name);
                Array.ForEach(names, writer.WriteStringValue);
                writer.WriteEndArray();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Days since 1970-01-01 of a stored date.</summary>
    public static bool TryDate(string text, out int daysSince1970)
    {
        var read = DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        daysSince1970 = read ? date.DayNumber - new DateOnly(1970, 1, 1).DayNumber : 0;
        return read;
    }

    /// <summary>Reads what files write for yes and no.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase);
        return value || text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Fits(number);

    private static bool TryNames(string text, out string[] names)
    {
        names = text.Split(NameSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length <= MaximumNames && Array.TrueForAll(names, IsName);
    }

    private static bool IsName(string text) => text.Length > 0 && Fits(text);

    // Models hold features in single precision.
    private static bool Fits(double number) => Math.Abs(number) <= float.MaxValue;

    // PostgreSQL's text can't hold the null character.
    private static bool Fits(string text) => text.Length <= MaximumTextLength && !text.Contains('\0', StringComparison.Ordinal);
}
