namespace Noah.Prediction.Features;

/// <summary>Sorted values that stand for many: each is to be read as if it came as often as its weight says.</summary>
internal sealed class WeightedSample
{
    private readonly float[] _values;
    private readonly long[]? _ends;

    /// <param name="values">Rising; kept, not copied.</param>
    /// <param name="weights">Of the values, at least 1; null: each counts once.</param>
    public WeightedSample(float[] values, long[]? weights)
    {
        _values = values;
        if (weights is not null)
        {
            _ends = new long[weights.Length];
            for (int i = 0; i < weights.Length; i++)
            {
                Count += weights[i];
                _ends[i] = Count;
            }
        }
        else
        {
            Count = values.Length;
        }
    }

    private WeightedSample(float[] values, long[]? ends, long count) => (_values, _ends, Count) = (values, ends, count);

    /// <summary>Values stood for.</summary>
    public long Count { get; }

    public float Lowest => _values[0];

    public float Highest => _values[^1];

    /// <summary>Straight between the two nearest values.</summary>
    public float Quantile(double probability)
    {
        double position = probability * (Count - 1);
        long below = (long)position;
        float value = At(below), next = At(Math.Min(below + 1, Count - 1));
        return (float)(value + (position - below) * ((double)next - value));
    }

    /// <summary>What a rising function makes of it.</summary>
    public WeightedSample Select(Func<float, float> rising) => new(Array.ConvertAll(_values, value => rising(value)), _ends, Count);

    /// <summary>The part within bounds; never empty, as the bounds hold a value of it.</summary>
    public WeightedSample Between(double lowest, double highest)
    {
        int[] kept = [.. Enumerable.Range(0, _values.Length).Where(i => _values[i] >= lowest && _values[i] <= highest)];
        return kept.Length == _values.Length
            ? this
            : new WeightedSample([.. kept.Select(i => _values[i])], _ends is null ? null : [.. kept.Select(WeightOf)]);
    }

    /// <summary>Standard deviation around the mean.</summary>
    public double Deviation()
    {
        double mean = Mean(value => value);
        return Math.Sqrt(Mean(value => (value - mean) * (value - mean)));
    }

    /// <summary>The middle distance of the values that are not the median from it; 0 where there are none.</summary>
    public double MedianDistance(float median)
    {
        (double Distance, long Weight)[] others =
        [
            .. Enumerable.Range(0, _values.Length).Where(i => _values[i] != median)
                .Select(i => (Math.Abs((double)_values[i] - median), WeightOf(i))).OrderBy(pair => pair.Item1),
        ];
        long half = others.Sum(pair => pair.Weight) / 2, passed = 0;
        return others.FirstOrDefault(pair => (passed += pair.Weight) > half).Distance;
    }

    private double Mean(Func<double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            sum += WeightOf(i) * of(_values[i]);
        }
        return sum / Count;
    }

    private long WeightOf(int i) => _ends is null ? 1 : _ends[i] - (i == 0 ? 0 : _ends[i - 1]);

    private float At(long rank)
    {
        if (_ends is null)
        {
            return _values[rank];
        }
        int found = Array.BinarySearch(_ends, rank + 1);
        return _values[found < 0 ? ~found : found];
    }
}
