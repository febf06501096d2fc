namespace Noah.Experimentation.Power;

/// <summary>
/// A rate, compared by the two-proportion z: pooled variance under the null, unpooled under the alternative (Fleiss, Levin and Paik 2003).
/// </summary>
public sealed record RateAssumption : MetricAssumption
{
    /// <summary>Builds the assumption.</summary>
    /// <param name="rate">Rate of the control, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside (0, 1).</exception>
    public RateAssumption(double rate)
    {
        Require(rate > 0 && rate < 1, nameof(rate), rate, "(0, 1)");
        Rate = rate;
    }

    /// <summary>Rate of the control.</summary>
    public double Rate { get; }

    internal override (double Drift, double Null, double Alternative) PerUnit(MetricLift lift, PowerSettings settings)
    {
        double other = Math.Clamp(Rate * (1 + lift.OfMean), 0, 1), share = settings.TreatmentShare;
        var pooled = (share * other) + ((1 - share) * Rate);
        var factor = (1 - settings.CovariateR2) * settings.DesignEffect;
        return (
            other - Rate,
            Split(pooled * (1 - pooled), pooled * (1 - pooled), share) * factor,
            Split(other * (1 - other), Rate * (1 - Rate), share) * factor);
    }
}
