namespace Noah.Prediction.Features;

/// <summary>
/// Rules at work on columns: a block of rows after the other, so that what a column writes into the rows stays in the cache for the next
/// column.
/// </summary>
internal sealed class RowEncoding
{
    private const int BlockRows = NameTable.MostAtOnce;

    private readonly EncoderRules _rules;
    private readonly CyclicEncoding[] _cyclic;
    private readonly BagEncoding[] _bags;
    private readonly FeatureSpec[] _order;
    private readonly int _codeWidth;

    public RowEncoding(EncoderRules rules)
    {
        _rules = rules;
        _cyclic = rules.Cyclic ?? [];
        _bags = rules.MultiValued ?? [];
        _order =
        [
            .. rules.Numeric.Select(feature => new FeatureSpec(feature.Name, FeatureKind.Numeric)),
            .. _cyclic.Select(feature => new FeatureSpec(feature.Name, FeatureKind.Cyclic) { Period = feature.Period }),
            .. rules.Categorical.Select(feature => new FeatureSpec(feature.Name, FeatureKind.Categorical)),
            .. _bags.Select(feature => new FeatureSpec(feature.Name, FeatureKind.MultiValued)),
        ];
        NumericWidth = rules.Numeric.Sum(feature => feature.MarksMissing ? 2 : 1) + _cyclic.Sum(feature => feature.MarksMissing ? 3 : 2)
            + _bags.Length;
        _codeWidth = rules.Categorical.Sum(feature => feature.Sizes.Count) + _bags.Sum(feature => feature.Sizes.Count * feature.MaxValues);
    }

    public int NumericWidth { get; }

    /// <summary>The table's columns in the order of the rules.</summary>
    /// <exception cref="ArgumentException">One is missing or of another kind.</exception>
    public FeatureColumn[] Columns(FeatureTable table) => Array.ConvertAll(_order, table.Column);

    /// <param name="columns">Of <see cref="Columns"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="numeric">[count × NumericWidth].</param>
    /// <param name="codes">[count × codes].</param>
    public void Encode(FeatureColumn[] columns, int first, int count, Span<float> numeric, Span<int> codes)
    {
        for (int done = 0; done < count; done += BlockRows)
        {
            int rows = Math.Min(BlockRows, count - done);
            EncodeBlock(columns, first + done, rows, numeric[(done * NumericWidth)..], codes[(done * _codeWidth)..]);
        }
    }

    /// <summary>What training had not seen.</summary>
    public IReadOnlyList<ColumnWarning> Unseen(FeatureColumn[] columns)
    {
        var found = new List<ColumnWarning>();
        int next = 0;
        foreach (var feature in _rules.Numeric)
        {
            Add(ColumnCondition.UnseenMissing, feature.Name, feature.MarksMissing ? 0 : Missing(columns[next]));
            next++;
        }
        foreach (var feature in _cyclic)
        {
            Add(ColumnCondition.UnseenMissing, feature.Name, feature.MarksMissing ? 0 : Missing(columns[next]));
            next++;
        }
        foreach (var feature in _rules.Categorical)
        {
            Add(ColumnCondition.UnseenNames, feature.Name, Count(columns[next++].Names, feature.IsUnseen));
        }
        foreach (var feature in _bags)
        {
            Add(ColumnCondition.UnseenNames, feature.Name, Count(columns[next++].NameSets, feature.IsUnseen));
        }
        return found;

        void Add(ColumnCondition condition, string name, int rows)
        {
            if (rows > 0)
            {
                found.Add(new ColumnWarning(name, condition) { Value = (double)rows / columns[0].Rows });
            }
        }
    }

    private static int Missing(FeatureColumn column) => Count(column.Numbers, float.IsNaN);

    private static int Count<T>(ReadOnlySpan<T> values, Func<T, bool> isOne)
    {
        int count = 0;
        foreach (var value in values)
        {
            count += isOne(value) ? 1 : 0;
        }
        return count;
    }

    private void EncodeBlock(FeatureColumn[] columns, int first, int rows, Span<float> numeric, Span<int> codes)
    {
        Span<float> room = stackalloc float[2 * BlockRows];
        Span<float> values = room[..rows], others = room.Slice(BlockRows, rows);
        int at = 0, code = 0, next = 0;
        foreach (var feature in _rules.Numeric)
        {
            var numbers = columns[next++].Numbers.Slice(first, rows);
            feature.Apply(numbers, values);
            Scatter(values, numeric, at++);
            at += feature.MarksMissing ? Mark(numbers, numeric, at) : 0;
        }
        foreach (var feature in _cyclic)
        {
            var numbers = columns[next++].Numbers.Slice(first, rows);
            feature.Apply(numbers, values, others);
            Scatter(values, numeric, at++);
            Scatter(others, numeric, at++);
            at += feature.MarksMissing ? Mark(numbers, numeric, at) : 0;
        }
        foreach (var feature in _rules.Categorical)
        {
            feature.Encode(columns[next++].Names.Slice(first, rows), codes[code..], _codeWidth);
            code += feature.Sizes.Count;
        }
        foreach (var feature in _bags)
        {
            var sets = columns[next++].NameSets.Slice(first, rows);
            int width = feature.Sizes.Count * feature.MaxValues;
            for (int i = 0; i < rows; i++)
            {
                values[i] = BagEncoding.CountUnit * feature.Encode(sets[i], codes.Slice(i * _codeWidth + code, width));
            }
            Scatter(values, numeric, at++);
            code += width;
        }
    }

    private int Mark(ReadOnlySpan<float> numbers, Span<float> numeric, int at)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numeric[i * NumericWidth + at] = float.IsNaN(numbers[i]) ? 1f : 0f;
        }
        return 1;
    }

    private void Scatter(ReadOnlySpan<float> values, Span<float> numeric, int at)
    {
        for (int i = 0; i < values.Length; i++)
        {
            numeric[i * NumericWidth + at] = values[i];
        }
    }
}
