using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    // Amounts of a lognormal with σ = 2 reach 10,000 robust deviations in 10 million rows.
    private const double OutlierDeviations = 1e6;

    /// <param name="name">Of the feature.</param>
    /// <param name="sample">Of the values that are not missing; may be empty.</param>
    /// <param name="marksMissing">Whether any was missing.</param>
    public static NumericEncoding Fit(string name, WeightedSample sample, bool marksMissing)
    {
        if (sample.Count == 0)
        {
            return new NumericEncoding(name, false, 0f, 1f, marksMissing);
        }
        double usual = OutlierDistance(sample);
        float low = sample.Quantile(0.05), middle = sample.Quantile(0.5), high = sample.Quantile(0.95);
        // Deviations, unlike quantiles, would follow a value of 1e12 wherever it went.
        var inliers = sample.Between(middle - usual, middle + usual);
        bool log = inliers.Lowest >= 0f && high - middle > HeavyTail * (middle - low) && high > middle && sample.Highest > 2f;
        if (log)
        {
            (sample, inliers) = (sample.Select(LogOf), inliers.Select(LogOf));
        }
        return new NumericEncoding(name, log, sample.Quantile(0.5), Spread(sample, inliers), marksMissing);
    }

    /// <summary>Beyond this distance from the median a value is an outlier; infinite where all values are one.</summary>
    public static double OutlierDistance(WeightedSample sample)
    {
        double range = (double)sample.Quantile(0.75) - sample.Quantile(0.25);
        double deviation = range > 0 ? range / RangePerDeviation : sample.MedianDistance(sample.Quantile(0.5));
        return deviation > 0 ? OutlierDeviations * deviation : double.PositiveInfinity;
    }

    /// <summary>
    /// Standardises values and marks the missing. One value comes out the same wherever it stands: the last few are computed in a vector
    /// filled up, not one by one by another logarithm.
    /// </summary>
    /// <param name="values">Any number; NaN = missing.</param>
    /// <param name="target">As many; finite, in [−10, 10].</param>
    public void Apply(ReadOnlySpan<float> values, Span<float> target)
    {
        var whole = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var results = MemoryMarshal.Cast<float, Vector256<float>>(target);
        for (int i = 0; i < whole.Length; i++)
        {
            results[i] = Apply(whole[i]);
        }
        int done = whole.Length * Vector256<float>.Count;
        if (done < values.Length)
        {
            Span<float> last = stackalloc float[Vector256<float>.Count];
            values[done..].CopyTo(last);
            Apply(Vector256.Create<float>(last)).CopyTo(last);
            last[..(values.Length - done)].CopyTo(target[done..]);
        }
    }

    private Vector256<float> Apply(Vector256<float> values)
    {
        var missing = ~Vector256.Equals(values, values);
        var read = Log ? Vector256.Log(Vector256<float>.One + Vector256.Max(values, Vector256<float>.Zero)) : values;
        var standardised = (read - Vector256.Create(Center)) / Vector256.Create(Scale);
        var cut = Vector256.Min(Vector256.Max(standardised, Vector256.Create(-Bound)), Vector256.Create(Bound));
        return Vector256.ConditionalSelect(missing, Vector256<float>.Zero, cut);
    }

    private static float LogOf(float value) => MathF.Log(1f + Math.Max(value, 0f));

    private static float Spread(WeightedSample sample, WeightedSample inliers)
    {
        float range = sample.Quantile(0.75) - sample.Quantile(0.25);
        if (range > 0f)
        {
            // The range of numbers near the largest float may have none.
            return Math.Min(range, float.MaxValue) / RangePerDeviation;
        }
        // More than half of the rows share one value: the range sees nothing, the deviation still does.
        double deviation = inliers.Deviation();
        return deviation > 0 ? (float)Math.Min(deviation, float.MaxValue) : 1f;
    }
}
