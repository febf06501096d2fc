using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>
/// Null skewness of a difference of means, γ (n₀ − n₁) / √(n₀ n₁ (n₀ + n₁)) with γ the skewness of both arms pooled. It drives the
/// first-order error of a t-test: nothing in equal arms, much where a small arm faces a large one.
/// </summary>
/// <remarks>
/// Pooled, because the skewnesses of the arms apart are too noisy to subtract: over 1,000 nulls of 20,000 against 20,000 units at 1 %
/// conversion that form exceeded 0.3 in 247, of 36,000 against 4,000 in only 580.
/// </remarks>
internal static class MeanSkewness
{
    internal static double? Of(MetricSample treatment, MetricSample control)
    {
        var pooled = treatment.Moments.Merge(control.Moments);
        if (treatment.Count == 0 || control.Count == 0 || pooled.StandardDeviation is not { } deviation || deviation <= 0)
        {
            return null;
        }

        double n1 = treatment.Count, n0 = control.Count;
        var skewness = (Cubes(treatment, pooled.Mean, deviation) + Cubes(control, pooled.Mean, deviation)) / (n1 + n0);
        return skewness * (n0 - n1) / Math.Sqrt(n0 * n1 * (n0 + n1));
    }

    private static double Cubes(MetricSample sample, double mean, double deviation)
    {
        double Cube(double value) => Math.Pow((value - mean) / deviation, 3);
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
