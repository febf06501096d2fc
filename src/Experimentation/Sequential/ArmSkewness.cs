using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Skewness of an arm's own mean, Σ (x − x̄)³ / (Σ (x − x̄)²)^{3/2}: near 1 where one unit carries the variance. In equal arms the skewness of
/// a difference cancels without an effect, but not under one.
/// </summary>
internal static class ArmSkewness
{
    /// <returns>The skewness; null where nothing varies.</returns>
    internal static double? OfMean(MetricSample sample) =>
        sample.Moments.M2 > 0 ? sample.Cubes(sample.Moments.Mean, Math.Sqrt(sample.Moments.M2)) : null;
}
