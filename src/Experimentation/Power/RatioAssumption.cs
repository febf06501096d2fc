namespace Noah.Experimentation.Power;

/// <summary>A ratio of two means over units, Σ numerator / Σ denominator, by the delta method.</summary>
public sealed record RatioAssumption : MetricAssumption
{
    /// <summary>Builds the assumption.</summary>
    /// <param name="numeratorMean">Mean of the numerator per unit, finite and not 0.</param>
    /// <param name="denominatorMean">Mean of the denominator per unit, finite and above 0.</param>
    /// <param name="numeratorVariance">Variance of the numerator, at least 0.</param>
    /// <param name="denominatorVariance">Variance of the denominator, at least 0.</param>
    /// <param name="covariance">Their covariance; |covariance| at most the root of the variances' product.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RatioAssumption(double numeratorMean, double denominatorMean, double numeratorVariance, double denominatorVariance, double covariance)
    {
        Require(double.IsFinite(numeratorMean) && numeratorMean != 0, nameof(numeratorMean), numeratorMean, "the finite numbers without 0");
        Require(denominatorMean > 0 && double.IsFinite(denominatorMean), nameof(denominatorMean), denominatorMean, "(0, ∞)");
        Require(numeratorVariance >= 0 && double.IsFinite(numeratorVariance), nameof(numeratorVariance), numeratorVariance, "[0, ∞)");
        Require(denominatorVariance >= 0 && double.IsFinite(denominatorVariance), nameof(denominatorVariance), denominatorVariance, "[0, ∞)");
        var bound = Math.Sqrt(numeratorVariance * denominatorVariance);
        Require(Math.Abs(covariance) <= bound * (1 + 1e-12), nameof(covariance), covariance, $"[−{bound}, {bound}]");
        Ratio = numeratorMean / denominatorMean;
        Variance = (numeratorVariance - (2 * Ratio * covariance) + (Ratio * Ratio * denominatorVariance)) / (denominatorMean * denominatorMean);
    }

    /// <summary>The ratio of the control.</summary>
    public double Ratio { get; }

    /// <summary>Variance of the linearised ratio over units.</summary>
    public double Variance { get; }

    internal override (double Drift, double Null, double Alternative) PerUnit(MetricLift lift, PowerSettings settings)
    {
        var variance = Split(1, 1, settings.TreatmentShare) * Variance * (1 - settings.CovariateR2) * settings.DesignEffect;
        return (Ratio * lift.OfMean, variance, variance);
    }
}
