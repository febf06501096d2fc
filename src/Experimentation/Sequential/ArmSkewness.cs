using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Skewness of an arm's own mean, Σ (x − x̄)³ / (Σ (x − x̄)²)^{3/2}: near 1 where one unit carries the variance. In equal arms the skewness of
/// a difference cancels without an effect, but not under one.
/// </summary>
internal static class ArmSkewness
{
    /// <returns>The skewness; null where nothing varies.</returns>
    internal static double? OfMean(MetricSample sample)
    {
        var (mean, spread) = (sample.Moments.Mean, sample.Moments.M2);
        if (spread <= 0)
        {
            return null;
        }

        var root = Math.Sqrt(spread);
        double Cube(double value)
        {
            var scaled = (value - mean) / root;
            return scaled * scaled * scaled;
        }

        double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += Cube(value);
            }

            return sum;
        }

        return sample switch
        {
            BinarySample binary => (binary.Successes * Cube(1)) + ((binary.Count - binary.Successes) * Cube(0)),
            ZeroInflatedSample amounts => Sum(amounts.Positives) + (amounts.Zeros * Cube(0)),
            _ => Sum(((ContinuousSample)sample).Values),
        };
    }
}
