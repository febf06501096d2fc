using System.Text.Json.Serialization;
using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>
/// Bins of one feature: 0 = missing; numbers then rise over bins divided by <paramref name="Edges"/>; names have 1 = rare or unseen, then
/// the kept ones by falling frequency.
/// </summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="Edges">Numeric: rising; a value belongs to the first bin whose edge is not below it. Null for names.</param>
/// <param name="Names">Categorical: the kept names. Null for numbers.</param>
internal sealed record FeatureBins(string Name, float[]? Edges, string[]? Names)
{
    public const int Missing = 0, Rare = 1;
    private const int FirstName = 2;

    private readonly Dictionary<string, byte> _codes = (Names ?? [])
        .Select((name, i) => KeyValuePair.Create(name, (byte)(i + FirstName))).ToDictionary(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsCategorical => Names is not null;

    [JsonIgnore]
    public int Count => Names is null ? Edges!.Length + 2 : Names.Length + FirstName;

    [JsonIgnore]
    public FeatureSpec Spec => new(Name, IsCategorical ? FeatureKind.Categorical : FeatureKind.Numeric);

    /// <exception cref="ArgumentException">Trees do not read the feature's kind.</exception>
    public static FeatureBins Fit(FeatureColumn column, ReadOnlySpan<int> rows, TreeOptions options) => column.Spec.Kind switch
    {
        FeatureKind.Numeric => new FeatureBins(column.Spec.Name, EdgesOf(column.Numbers, rows, options.MaxBins - 1), null),
        FeatureKind.Categorical => new FeatureBins(column.Spec.Name, null, NamesOf(column.Names, rows, options)),
        _ => throw new ArgumentException(
            $"Feature '{column.Spec.Name}' is {column.Spec.Kind}; trees read numeric and categorical features.", nameof(column)),
    };

    public byte[] Apply(FeatureColumn column)
    {
        var bins = new byte[column.Rows];
        for (int row = 0; row < bins.Length; row++)
        {
            bins[row] = IsCategorical ? Bin(column.Names[row]) : Bin(column.Numbers[row]);
        }
        return bins;
    }

    private byte Bin(string? name) => name is null ? (byte)Missing : _codes.GetValueOrDefault(name, (byte)Rare);

    private byte Bin(float value)
    {
        if (float.IsNaN(value))
        {
            return Missing;
        }
        int at = Array.BinarySearch(Edges!, value);
        return (byte)(1 + (at < 0 ? ~at : at));
    }

    private static string[] NamesOf(ReadOnlySpan<string?> values, ReadOnlySpan<int> rows, TreeOptions options)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            if (values[row] is { } name)
            {
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }
        return
        [
            .. counts.Where(pair => pair.Value >= options.MinNameCount)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(options.MaxBins - FirstName).Select(pair => pair.Key),
        ];
    }

    private static float[] EdgesOf(ReadOnlySpan<float> values, ReadOnlySpan<int> rows, int bins)
    {
        var sorted = new List<float>(rows.Length);
        foreach (int row in rows)
        {
            if (!float.IsNaN(values[row]))
            {
                sorted.Add(values[row]);
            }
        }
        sorted.Sort();
        var distinct = new List<(float Value, int Count)>();
        for (int start = 0, end; start < sorted.Count; start = end)
        {
            for (end = start + 1; end < sorted.Count && sorted[end] == sorted[start]; end++)
            {
            }
            distinct.Add((sorted[start], end - start));
        }
        var edges = new List<float>();
        int left = sorted.Count, filled = 0;
        for (int i = 0; i + 1 < distinct.Count && edges.Count < bins - 1; i++)
        {
            filled += distinct[i].Count;
            // One bin per value as long as they fit, else bins of about equal rows.
            if (distinct.Count <= bins || filled >= (double)left / (bins - edges.Count))
            {
                edges.Add(Between(distinct[i].Value, distinct[i + 1].Value));
                left -= filled;
                filled = 0;
            }
        }
        return [.. edges];
    }

    /// <summary>A float in [low, high): the middle, unless the two are neighbours.</summary>
    private static float Between(float low, float high)
    {
        float middle = (float)(((double)low + high) / 2);
        return middle < high ? middle : low;
    }
}
