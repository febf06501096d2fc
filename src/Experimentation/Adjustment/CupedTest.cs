using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Variance reduction by one covariate known before the experiment, from additive moments (CUPED; Deng, Xu, Kohavi and Walker 2013): Welch's test of
/// y − θ (x − x̄) with θ = Σ_g C_xy / Σ_g M2_x, the slope within arms. For several covariates or slopes that differ by arm see
/// <see cref="RegressionAdjustment"/>.
/// </summary>
public static class CupedTest
{
    /// <summary>Compares the adjusted means of two arms.</summary>
    /// <param name="treatment">Outcome Y and pre-period covariate X of the treatment arm.</param>
    /// <param name="control">The same of the control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static CupedResult Compare(CovarianceMoments treatment, CovarianceMoments control, double confidence = 0.95)
    {
        var spread = treatment.X.M2 + control.X.M2;
        var slope = spread > 0 ? (treatment.Cross + control.Cross) / spread : 0;
        var origin = treatment.X.Merge(control.X).Mean;
        var adjusted = WelchTest.Compare(treatment.Residual(slope, origin), control.Residual(slope, origin), confidence);
        var plain = WelchTest.Compare(treatment.Y, control.Y, confidence);
        double? kept = adjusted.StandardError is { } after && plain.StandardError is { } before ? after * after / (before * before) : null;
        return new CupedResult(adjusted, slope, 1 - kept);
    }
}
