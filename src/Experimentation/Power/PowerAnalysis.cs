using MathNet.Numerics;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Power;

/// <summary>
/// Sample size, power and detectable effect by the normal law: √N drift = z_{1−α/2} √null + z_{power} √alternative. Units are measured units
/// (members); with clusters the number of clusters is N / cluster size.
/// </summary>
public static class PowerAnalysis
{
    /// <summary>Units in both arms together that find the lift with the wanted power.</summary>
    /// <param name="metric">What is known of the metric.</param>
    /// <param name="lift">The effect, not 0 in the metric's measure.</param>
    /// <param name="settings">Choices; null takes the defaults.</param>
    /// <returns>Number of units, rounded up; null where the lift moves the statistic by nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting or lift is outside its range.</exception>
    public static double? Units(MetricAssumption metric, MetricLift lift, PowerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        settings = Checked(settings, lift);
        var (drift, nullVariance, alternative) = metric.PerUnit(lift, settings);
        if (drift == 0)
        {
            return null;
        }

        var root = (-Tails.NormalQuantile(settings.Alpha / 2) * Math.Sqrt(nullVariance))
            + (Tails.NormalQuantile(settings.Power) * Math.Sqrt(alternative));
        return Math.Max(2, Math.Ceiling(root * root / (drift * drift) * (1 - 1e-12)));
    }

    /// <summary>Probability of a finding in the lift's direction.</summary>
    /// <param name="metric">What is known of the metric.</param>
    /// <param name="lift">The effect.</param>
    /// <param name="units">Units in both arms together, at least 2.</param>
    /// <param name="settings">Choices, of which the power is not read; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting, the lift or the number is outside its range.</exception>
    public static double Power(MetricAssumption metric, MetricLift lift, double units, PowerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        settings = Checked(settings, lift);
        CheckUnits(units);
        var (drift, nullVariance, alternative) = metric.PerUnit(lift, settings);
        var z = ((Math.Sqrt(units) * Math.Abs(drift)) + (Tails.NormalQuantile(settings.Alpha / 2) * Math.Sqrt(nullVariance))) / Math.Sqrt(alternative);
        return 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);
    }

    /// <summary>The smallest lift in a direction that is found with the wanted power.</summary>
    /// <param name="metric">What is known of the metric.</param>
    /// <param name="units">Units in both arms together, at least 2.</param>
    /// <param name="direction">
    /// Proportion of participation and amount: (1, 0) moves participation alone, (1, 1) both alike, (−1, 0) down. Not (0, 0), each in [−1, 1].
    /// </param>
    /// <param name="settings">Choices; null takes the defaults.</param>
    /// <returns>The lift; null where none within (−100 %, +10,000 %) is found with that power.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting, the direction or the number is outside its range.</exception>
    public static MetricLift? DetectableLift(MetricAssumption metric, double units, MetricLift direction, PowerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        settings = Checked(settings, default);
        CheckUnits(units);
        if (!(Math.Max(Math.Abs(direction.Participation), Math.Abs(direction.Amount)) is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(direction), direction, "Must not be (0, 0) and lie in [−1, 1] each.");
        }

        // Downwards nothing goes below zero.
        double low = 0, high = Math.Min(direction.Participation, direction.Amount) < 0 ? 1 - 1e-9 : 100;
        if (Power(metric, direction.Times(high), units, settings) < settings.Power)
        {
            return null;
        }

        for (var i = 0; i < 200 && high - low > 1e-13 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Power(metric, direction.Times(middle), units, settings) < settings.Power ? (middle, high) : (low, middle);
        }

        return direction.Times(high);
    }

    private static void CheckUnits(double units)
    {
        if (!(units >= 2 && double.IsFinite(units)))
        {
            throw new ArgumentOutOfRangeException(nameof(units), units, "Must be at least 2.");
        }
    }

    private static PowerSettings Checked(PowerSettings? settings, MetricLift lift)
    {
        settings ??= new PowerSettings();
        Require.OpenUnit(settings.Alpha, nameof(settings.Alpha));
        Require.OpenUnit(settings.Power, nameof(settings.Power));
        Require.OpenUnit(settings.TreatmentShare, nameof(settings.TreatmentShare));
        Within(settings.CovariateR2 >= 0 && settings.CovariateR2 < 1, nameof(settings.CovariateR2), settings.CovariateR2, "[0, 1)");
        Within(settings.ClusterSize >= 1, nameof(settings.ClusterSize), settings.ClusterSize, "[1, ∞)");
        Within(settings.IntraClusterCorrelation is >= 0 and <= 1, nameof(settings.IntraClusterCorrelation), settings.IntraClusterCorrelation, "[0, 1]");
        Within(settings.ClusterSizeVariation >= 0, nameof(settings.ClusterSizeVariation), settings.ClusterSizeVariation, "[0, ∞)");
        Within(lift.Participation > -1 && lift.Amount > -1, nameof(lift), Math.Min(lift.Participation, lift.Amount), "(−1, ∞)");
        return settings;
    }

    private static void Within(bool allowed, string name, double value, string range)
    {
        if (!allowed)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must lie in {range}.");
        }
    }
}
