namespace Noah.Prediction.Features;

/// <summary>
/// How one numeric feature is standardised: z = (g(x) − Center) / Scale with g = log1p for heavy right tails, else identity.
/// </summary>
internal sealed record NumericEncoding(string Name, bool Log, float Center, float Scale, bool MarksMissing)
{
    private const float Bound = 10f;

    // Of a normal distribution the interquartile range is 1.349 standard deviations.
    private const float RangePerDeviation = 1.349f;

    // Half of the bulk lies 3 times closer below the median than above it: an exponential distribution has 4.5, a normal one 1.
    private const float HeavyTail = 3f;

    public static NumericEncoding Fit(string name, ReadOnlySpan<float> values)
    {
        var present = new List<float>(values.Length);
        foreach (float value in values)
        {
            if (!float.IsNaN(value))
            {
                present.Add(value);
            }
        }
        bool marksMissing = present.Count < values.Length;
        if (present.Count == 0)
        {
            return new NumericEncoding(name, false, 0f, 1f, marksMissing);
        }
        present.Sort();
        float low = Quantile(present, 0.05), middle = Quantile(present, 0.5), high = Quantile(present, 0.95);
        bool log = present[0] >= 0f && high - middle > HeavyTail * (middle - low) && high > middle && present[^1] > 2f;
        if (log)
        {
            for (int i = 0; i < present.Count; i++)
            {
                present[i] = MathF.Log(1f + present[i]);
            }
        }
        return new NumericEncoding(name, log, Quantile(present, 0.5), Spread(present), marksMissing);
    }

    public float Apply(float value) =>
        float.IsNaN(value) ? 0f : Math.Clamp(((Log ? MathF.Log(1f + Math.Max(value, 0f)) : value) - Center) / Scale, -Bound, Bound);

    private static float Spread(List<float> sorted)
    {
        float range = Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
        if (range > 0f)
        {
            return range / RangePerDeviation;
        }
        // More than half of the rows share one value: the range sees nothing, the deviation still does.
        double mean = sorted.Average(value => (double)value);
        double deviation = Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? (float)deviation : 1f;
    }

    private static float Quantile(List<float> sorted, double probability)
    {
        double position = probability * (sorted.Count - 1);
        int below = (int)position;
        float next = sorted[Math.Min(below + 1, sorted.Count - 1)];
        return (float)(sorted[below] + (position - below) * ((double)next - sorted[below]));
    }
}
