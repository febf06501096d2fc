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
    public const int RareCode = 0, MissingCode = 1, HashedMissingCode = 0;
    private const int Reserved = 2, HashReserved = 1;

    private readonly Vocabulary _vocabulary = new(Names, HashSizes, HashSizes is { Length: > 0 } ? HashReserved : Reserved);

    /// <summary>Codes of each of its columns.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Sizes => _vocabulary.Sizes;

    public static CategoricalEncoding Fit(string name, NameCounter counts, FeatureEncoderOptions options)
    {
        var (names, hashSizes) = Vocabulary.Choose(counts, Reserved, options);
        return new CategoricalEncoding(name, names, hashSizes);
    }

    /// <summary>Whether it is read as rare though it is no missing value.</summary>
    public bool IsUnseen(string? value) => value is not null && _vocabulary.KeyOf(value) is null;

    /// <summary>Writes the codes of values, one for each of <see cref="Sizes"/> side by side.</summary>
    /// <param name="values">Null = missing; at most <see cref="NameTable.MostAtOnce"/>.</param>
    /// <param name="codes">From the first value's first code on.</param>
    /// <param name="stride">Codes of a row.</param>
    public void Encode(ReadOnlySpan<string?> values, Span<int> codes, int stride)
    {
        if (!_vocabulary.IsHashed)
        {
            Span<int> places = stackalloc int[NameTable.MostAtOnce];
            _vocabulary.Find(values, places[..values.Length]);
            for (int i = 0; i < values.Length; i++)
            {
                codes[i * stride] = places[i] >= 0 ? places[i] + Reserved : places[i] == NameTable.Null ? MissingCode : RareCode;
            }
            return;
        }
        for (int i = 0; i < values.Length; i++)
        {
            ulong? hash = values[i] is { } name ? NameHash.Of(name) : null;
            for (int table = 0; table < _vocabulary.Sizes.Length; table++)
            {
                codes[i * stride + table] = hash is { } bits ? _vocabulary.CodeOf(bits, table) : HashedMissingCode;
            }
        }
    }
}
