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
        var skewness = (treatment.Cubes(pooled.Mean, deviation) + control.Cubes(pooled.Mean, deviation)) / (n1 + n0);
        return skewness * (n0 - n1) / Math.Sqrt(n0 * n1 * (n0 + n1));
    }
}
