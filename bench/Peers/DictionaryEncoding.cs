using Noah.Prediction.Features;

namespace Noah.Bench.Peers;

/// <summary>The plain way to encode a table: a dictionary for each column of names, a formula a number, row after row.</summary>
internal sealed class DictionaryEncoding
{
    private readonly Dictionary<string, int>[] _codes;

    public DictionaryEncoding(FeatureTable table) => _codes = Columns(table, FeatureKind.Categorical).Select(column =>
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in column.Names)
        {
            codes.TryAdd(name!, codes.Count + 2);
        }
        return codes;
    }).ToArray();

    public (float[] Numbers, int[] Codes) Encode(FeatureTable table)
    {
        FeatureColumn[] numeric = Columns(table, FeatureKind.Numeric), named = Columns(table, FeatureKind.Categorical);
        var (numbers, codes) = (new float[table.Rows * numeric.Length], new int[table.Rows * named.Length]);
        for (var j = 0; j < numeric.Length; j++)
        {
            var values = numeric[j].Numbers;
            for (var row = 0; row < values.Length; row++)
            {
                numbers[row * numeric.Length + j] = float.IsNaN(values[row]) ? 0f : Math.Clamp((values[row] - 0.1f) / 1.1f, -10f, 10f);
            }
        }
        for (var c = 0; c < named.Length; c++)
        {
            var names = named[c].Names;
            for (var row = 0; row < names.Length; row++)
            {
                codes[row * named.Length + c] = names[row] is { } name ? _codes[c].GetValueOrDefault(name, 0) : 1;
            }
        }
        return (numbers, codes);
    }

    private static FeatureColumn[] Columns(FeatureTable table, FeatureKind kind) => [.. table.Columns.Where(column => column.Spec.Kind == kind)];
}
