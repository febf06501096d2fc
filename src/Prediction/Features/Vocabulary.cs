namespace Noah.Prediction.Features;

/// <summary>
/// The codes of names: a full list of the kept ones, or hashes. Reserved codes come first, then, in a full one, the names by falling frequency.
/// </summary>
internal sealed class Vocabulary
{
    private readonly NameTable _places;
    private readonly int[]? _hashSizes;

    /// <param name="names">The kept names of a full one.</param>
    /// <param name="hashSizes">Codes of each table of a hashed one; null or empty: it is full.</param>
    /// <param name="reserved">Codes that are no name's, the first of them of what is not known.</param>
    public Vocabulary(string[] names, int[]? hashSizes, int reserved)
    {
        _places = new NameTable(names);
        _hashSizes = hashSizes is { Length: > 0 } ? hashSizes : null;
        Reserved = reserved;
        Sizes = _hashSizes ?? [names.Length + reserved];
    }

    public int Reserved { get; }

    /// <summary>Codes of each table.</summary>
    public int[] Sizes { get; }

    public bool IsHashed => _hashSizes is not null;

    /// <summary>What codes are made from: the place among the kept names, or 64 bits; null where the name is not kept.</summary>
    public ulong? KeyOf(string name) => IsHashed ? NameHash.Of(name) : _places.Find(name) is var place and >= 0 ? (ulong)place : null;

    /// <summary>The places among the kept names of a full one, or what <see cref="NameTable"/> says instead.</summary>
    /// <param name="names">At most <see cref="NameTable.MostAtOnce"/>.</param>
    /// <param name="places">As many.</param>
    public void Find(ReadOnlySpan<string?> names, Span<int> places) => _places.Find(names, places);

    /// <summary>The code of a key in one of the tables: of the remainder by 2³² in the first, of the quotient in the second.</summary>
    public int CodeOf(ulong key, int table)
    {
        if (_hashSizes is null)
        {
            return (int)key + Reserved;
        }
        ulong part = _hashSizes.Length == 1 ? key : table == 0 ? (uint)key : key >> 32;
        return Reserved + (int)(part % (uint)(_hashSizes[table] - Reserved));
    }

    /// <summary>Chooses between names and hashes.</summary>
    /// <param name="counts">Of training.</param>
    /// <param name="reserved">Codes of a full vocabulary that are no name's.</param>
    /// <param name="options">Checked.</param>
    /// <returns>The kept names, or the sizes of hashed tables and no name.</returns>
    public static (string[] Names, int[]? HashSizes) Choose(NameCounter counts, int reserved, FeatureEncoderOptions options)
    {
        if (options.Vocabulary != VocabularyKind.Full && (counts.Shortfall > 0 || counts.Count + reserved > options.HashRows))
        {
            int half = options.HashRows / 2;
            return ([], options.Vocabulary == VocabularyKind.Hashed ? [options.HashRows] : [half, options.HashRows - half]);
        }
        return ([.. counts.ByCount().TakeWhile(pair => pair.Value >= options.MinNameCount).Take(options.MaxNames).Select(pair => pair.Key)], null);
    }
}
