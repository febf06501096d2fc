using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>
/// The codes of one categorical feature. Full: 0 = rare or unknown, 1 = missing, then the kept names by falling frequency. Hashed: one code,
/// or one of the quotient and one of the remainder; 0 = missing in each.
/// </summary>
/// <param name="Name">Of the feature.</param>
/// <param name="Names">The kept names of a full vocabulary.</param>
/// <param name="HashSizes">Codes of each column of a hashed one; null or empty: it is full.</param>
internal sealed record CategoricalEncoding(string Name, string[] Names, int[]? HashSizes = null)
{
    public const int RareCode = 0;
    public const int MissingCode = 1;
    private const int FirstNameCode = 2;

    private readonly Dictionary<string, int> _codes = Names
        .Select((name, i) => KeyValuePair.Create(name, i + FirstNameCode)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Codes of each of its columns.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Sizes { get; } = HashSizes is { Length: > 0 } ? HashSizes : [Names.Length + FirstNameCode];

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
        if (options.Vocabulary != VocabularyKind.Full && counts.Count + FirstNameCode > options.HashRows)
        {
            int half = options.HashRows / 2;
            return new CategoricalEncoding(
                name, [], options.Vocabulary == VocabularyKind.Hashed ? [options.HashRows] : [half, options.HashRows - half]);
        }
        var kept = counts.Where(pair => pair.Value >= options.MinNameCount)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(options.MaxNames).Select(pair => pair.Key);
        return new CategoricalEncoding(name, [.. kept]);
    }

    /// <summary>Writes the codes of one value, one for each of <see cref="Sizes"/>.</summary>
    public void Encode(string? value, Span<int> codes)
    {
        if (HashSizes is not { Length: > 0 } sizes)
        {
            codes[0] = value is null ? MissingCode : _codes.GetValueOrDefault(value, RareCode);
            return;
        }
        ulong hash = value is null ? 0 : NameHash.Of(value);
        for (int c = 0; c < sizes.Length; c++)
        {
            // 0 is for the missing. The first code is of the remainder by 2³², the second of the quotient.
            codes[c] = value is null ? 0 : 1 + (int)((c == 0 && sizes.Length > 1 ? (uint)hash : c == 0 ? hash : hash >> 32) % (uint)(sizes[c] - 1));
        }
    }
}
