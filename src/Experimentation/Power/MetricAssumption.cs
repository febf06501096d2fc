namespace Noah.Experimentation.Power;

/// <summary>What is known of a metric before the experiment. The set of kinds is closed: rate, mean, ratio and zero-inflated.</summary>
public abstract record MetricAssumption
{
    private protected MetricAssumption()
    {
    }

    /// <summary>
    /// Signed drift, null variance and alternative variance of the estimate for one unit in all, of which a share q is treated.
    /// Expected Z with N units is √N drift / √alternative.
    /// </summary>
    internal abstract (double Drift, double Null, double Alternative) PerUnit(MetricLift lift, PowerSettings settings);

    private protected static double Split(double treatment, double control, double share) => (treatment / share) + (control / (1 - share));

    private protected static void Require(bool allowed, string name, double value, string range)
    {
        if (!allowed)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must lie in {range}.");
        }
    }
}
