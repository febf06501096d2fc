using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>The codes of one categorical feature: 0 = rare or unknown, 1 = missing, then the kept names by falling frequency.</summary>
internal sealed record CategoricalEncoding(string Name, string[] Names)
{
    public const int RareCode = 0;
    public const int MissingCode = 1;
    private const int FirstNameCode = 2;

    private readonly Dictionary<string, int> _codes = Names
        .Select((name, i) => KeyValuePair.Create(name, i + FirstNameCode)).ToDictionary(StringComparer.Ordinal);

    [JsonIgnore]
    public int Size => Names.Length + FirstNameCode;

    public static CategoricalEncoding Fit(string name, ReadOnlySpan<string?> values, FeatureEncoderOptions options)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string? value in values)
        {
            if (value is not null)
            {
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }
        var kept = counts.Where(pair => pair.Value >= options.MinNameCount)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(options.MaxNames).Select(pair => pair.Key);
        return new CategoricalEncoding(name, [.. kept]);
    }

    public int Code(string? value) => value is null ? MissingCode : _codes.GetValueOrDefault(value, RareCode);
}
