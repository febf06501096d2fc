namespace Noah.Prediction.Features;

/// <summary>A column of numbers.</summary>
internal sealed class NumberProfile(FeatureSpec spec) : ColumnProfile
{
    private readonly QuantileSketch _sketch = new();
    private float _lowest = float.PositiveInfinity, _highest = float.NegativeInfinity;
    private long _lowestRow, _highestRow, _rows;
    private WeightedSample? _sample;

    private bool HasMissing => _sketch.Count < _rows;

    private WeightedSample Sample => _sample ??= _sketch.Sample();

    public override void Add(FeatureColumn column) => Add(column.Numbers);

    public void Add(ReadOnlySpan<float> values)
    {
        _sample = null;
        foreach (float value in values)
        {
            if (!float.IsNaN(value))
            {
                _sketch.Add(value);
                if (value < _lowest)
                {
                    (_lowest, _lowestRow) = (value, _rows);
                }
                if (value > _highest)
                {
                    (_highest, _highestRow) = (value, _rows);
                }
            }
            _rows++;
        }
    }

    public NumericEncoding Numeric() => NumericEncoding.Fit(spec.Name, Sample, HasMissing);

    public CyclicEncoding Cyclic() => new(spec.Name, spec.Period!.Value, HasMissing);

    public override ColumnWarning? Check(int? keptNames = null)
    {
        if (_sketch.Count == 0)
        {
            return _rows == 0 ? null : new ColumnWarning(spec.Name, ColumnCondition.Empty);
        }
        if (_lowest == _highest)
        {
            return HasMissing ? null : new ColumnWarning(spec.Name, ColumnCondition.Constant);
        }
        if (spec.Kind == FeatureKind.Cyclic)
        {
            return null;
        }
        double median = Sample.Quantile(0.5), below = median - _lowest, above = _highest - median;
        if (Math.Max(below, above) <= NumericEncoding.OutlierDistance(Sample))
        {
            return null;
        }
        return new ColumnWarning(spec.Name, ColumnCondition.Outlier)
        {
            Value = above >= below ? _highest : _lowest,
            Row = above >= below ? _highestRow : _lowestRow,
        };
    }
}
