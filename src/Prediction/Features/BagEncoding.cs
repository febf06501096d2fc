using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>
/// The codes of one multi-valued feature: so many columns a table, all read from that one table and averaged over as many as the row's count
/// says; the columns behind hold code 0 and are not read. Full: 0 = names, but none kept, 1 = missing, 2 = empty, then the kept names by
/// falling frequency. Hashed: 0 = missing, 1 = empty.
/// </summary>
/// <param name="Name">Of the feature.</param>
/// <param name="MaxValues">Columns of each table: names of a row beyond are left out, the rarest first (hashed: by hash).</param>
/// <param name="Names">The kept names of a full vocabulary.</param>
/// <param name="HashSizes">Codes of each table of a hashed one; null or empty: it is full.</param>
internal sealed record BagEncoding(string Name, int MaxValues, string[] Names, int[]? HashSizes = null)
{
    public const int RareCode = 0, MissingCode = 1, EmptyCode = 2, HashedMissingCode = 0, HashedEmptyCode = 1;

    /// <summary>Counts stand among the numbers as eighths: exact in every float format, and of the size of other numbers.</summary>
    public const float CountUnit = 1f / 8;

    private const int Reserved = 3, HashReserved = 2;

    private readonly Vocabulary _vocabulary = new(Names, HashSizes, HashSizes is { Length: > 0 } ? HashReserved : Reserved);

    /// <summary>Codes of each of its tables.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Sizes => _vocabulary.Sizes;

    public static BagEncoding Fit(string name, NameCounter counts, FeatureEncoderOptions options)
    {
        var (names, hashSizes) = Vocabulary.Choose(counts, Reserved, options);
        return new BagEncoding(name, options.MaxValues, names, hashSizes?.Select(size => Math.Max(size, HashReserved + 1)).ToArray());
    }

    /// <summary>What the embedding of one column weighs in the mean of a row's columns.</summary>
    /// <param name="number">The row's count, in units of <see cref="CountUnit"/>.</param>
    /// <param name="position">Of the column among its table's, from 0.</param>
    /// <returns>1 / count, or 0 behind the count.</returns>
    public static float Share(float number, int position)
    {
        float count = number / CountUnit;
        return position < count ? 1 / count : 0;
    }

    /// <summary>Whether it holds a name that is left out as rare.</summary>
    public bool IsUnseen(string[]? values) => values is not null && values.Any(name => _vocabulary.KeyOf(name) is null);

    /// <summary>Writes the codes of a set, <see cref="MaxValues"/> for each table.</summary>
    /// <param name="values">Null = missing.</param>
    /// <param name="codes">[tables × MaxValues].</param>
    /// <returns>How many columns of each table are to be averaged, at least 1.</returns>
    public int Encode(string[]? values, Span<int> codes)
    {
        codes.Clear();
        Span<ulong> keys = stackalloc ulong[MaxValues];
        int count = 0;
        foreach (string name in values ?? [])
        {
            if (_vocabulary.KeyOf(name) is { } key)
            {
                count = Insert(keys, count, key);
            }
        }
        int single = (values, _vocabulary.IsHashed) switch
        {
            (null, false) => MissingCode,
            (null, true) => HashedMissingCode,
            ({ Length: 0 }, false) => EmptyCode,
            ({ Length: 0 }, true) => HashedEmptyCode,
            _ => RareCode,
        };
        for (int table = 0; table < Sizes.Count; table++)
        {
            codes[table * MaxValues] = single;
            for (int i = 0; i < count; i++)
            {
                codes[table * MaxValues + i] = _vocabulary.CodeOf(keys[i], table);
            }
        }
        return Math.Max(count, 1);
    }

    /// <summary>Keeps the smallest keys in order, each once.</summary>
    private static int Insert(Span<ulong> keys, int count, ulong key)
    {
        int at = keys[..count].BinarySearch(key);
        if (at >= 0 || ~at == keys.Length)
        {
            return count;
        }
        int moved = Math.Min(count, keys.Length - 1) - ~at;
        keys.Slice(~at, moved).CopyTo(keys[(~at + 1)..]);
        keys[~at] = key;
        return Math.Min(count + 1, keys.Length);
    }
}
