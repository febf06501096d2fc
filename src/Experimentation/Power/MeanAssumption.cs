namespace Noah.Experimentation.Power;

/// <summary>A mean with the same variance in both arms.</summary>
public sealed record MeanAssumption : MetricAssumption
{
    /// <summary>Builds the assumption.</summary>
    /// <param name="mean">Mean of the control, finite and not 0: lifts are relative to it.</param>
    /// <param name="standardDeviation">Standard deviation over units, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public MeanAssumption(double mean, double standardDeviation)
    {
        Require(double.IsFinite(mean) && mean != 0, nameof(mean), mean, "the finite numbers without 0");
        Require(standardDeviation > 0 && double.IsFinite(standardDeviation), nameof(standardDeviation), standardDeviation, "(0, ∞)");
        (Mean, StandardDeviation) = (mean, standardDeviation);
    }

    /// <summary>Mean of the control.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation over units.</summary>
    public double StandardDeviation { get; }

    internal override (double Drift, double Null, double Alternative) PerUnit(MetricLift lift, PowerSettings settings)
    {
        var variance = Split(1, 1, settings.TreatmentShare) * StandardDeviation * StandardDeviation * (1 - settings.CovariateR2) * settings.DesignEffect;
        return (Mean * lift.OfMean, variance, variance);
    }
}
