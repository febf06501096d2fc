namespace Noah.Prediction.Features;

/// <summary>A column of names, or of sets of them.</summary>
internal sealed class NameProfile(FeatureSpec spec, int countedNames) : ColumnProfile
{
    private readonly NameCounter _counts = new(countedNames);
    private long _rows, _missing, _empty, _names;

    public override void Add(FeatureColumn column)
    {
        if (spec.Kind == FeatureKind.Categorical)
        {
            Add(column.Names);
        }
        else
        {
            Add(column.NameSets);
        }
        _rows += column.Rows;
    }

    public CategoricalEncoding Categorical(FeatureEncoderOptions options) => CategoricalEncoding.Fit(spec.Name, _counts, options);

    public BagEncoding MultiValued(FeatureEncoderOptions options) => BagEncoding.Fit(spec.Name, _counts, options);

    public override ColumnWarning? Check(int? keptNames = null)
    {
        if (_rows == 0 || _missing == _rows)
        {
            return _rows == 0 ? null : new ColumnWarning(spec.Name, ColumnCondition.Empty);
        }
        bool oneName = _missing == 0 && _empty == 0 && _counts is { Count: 1, Shortfall: 0 } && _names == _rows;
        if (oneName || _empty == _rows)
        {
            return new ColumnWarning(spec.Name, ColumnCondition.Constant);
        }
        if (keptNames is not { } kept)
        {
            return null;
        }
        bool isIdentifier = _counts.Shortfall > 0
            || (kept < _counts.Count && 2 * _counts.ByCount().Take(kept).Sum(pair => (long)pair.Value) < _names);
        return isIdentifier ? new ColumnWarning(spec.Name, ColumnCondition.HighCardinality) { Value = _counts.MostNames } : null;
    }

    private void Add(ReadOnlySpan<string?> values)
    {
        foreach (string? value in values)
        {
            if (value is null)
            {
                _missing++;
            }
            else
            {
                _counts.Add(value);
                _names++;
            }
        }
    }

    private void Add(ReadOnlySpan<string[]?> values)
    {
        foreach (string[]? set in values)
        {
            _missing += set is null ? 1 : 0;
            _empty += set is { Length: 0 } ? 1 : 0;
            for (int i = 0; i < set?.Length; i++)
            {
                // Sets are small: no table of their names is needed to find one that was given before.
                if (Array.IndexOf(set, set[i], 0, i) < 0)
                {
                    _counts.Add(set[i]);
                    _names++;
                }
            }
        }
    }
}
