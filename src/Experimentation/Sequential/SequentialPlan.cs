using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// What is fixed before the first look: planned numbers and confidence. A wrong plan costs power, never validity. Information is the
/// harmonic number n₁n₀ / (n₁ + n₀), to which the inverse squared error of a difference is proportional while the split stays.
/// </summary>
public sealed class SequentialPlan
{
    private readonly SequentialBoundary _boundary;

    /// <summary>Builds the plan.</summary>
    /// <param name="treatment">Planned units of the treatment, at least 2.</param>
    /// <param name="control">Planned units of the control, at least 2.</param>
    /// <param name="confidence">Confidence of the sequence in (0, 1); default 0.95.</param>
    /// <param name="fewestPositives">
    /// Positive values that an arm must have before a zero-inflated metric is shown, at least 2; default 25. The two-sided error of means
    /// stayed below 0.05 from there on in all designs of the study `inference-peeking`.
    /// </param>
    /// <param name="skewnessLimit">
    /// Null skewness of a difference of means, above 0, beyond which the mean is not shown; default 0.3, where one tail of a t-test holds about twice its
    /// 2.5 %. Unequal arms with rare heavy amounts may stay closed for long; ranks and rates do not.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SequentialPlan(long treatment, long control, double confidence = 0.95, int fewestPositives = 25, double skewnessLimit = 0.3)
    {
        Require.AtLeast(treatment, 2);
        Require.AtLeast(control, 2);
        Require.OpenUnit(confidence);
        Require.AtLeast(fewestPositives, 2);
        if (!(skewnessLimit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(skewnessLimit), skewnessLimit, "Must be above 0.");
        }

        (Treatment, Control, Confidence, FewestPositives, SkewnessLimit) = (treatment, control, confidence, fewestPositives, skewnessLimit);
        _boundary = new SequentialBoundary((1 - confidence) / 2, Information(treatment, control));
    }

    /// <summary>Planned units of the treatment.</summary>
    public long Treatment { get; }

    /// <summary>Planned units of the control.</summary>
    public long Control { get; }

    /// <summary>Confidence of the sequence.</summary>
    public double Confidence { get; }

    /// <summary>Positive values that an arm must have before a zero-inflated metric is shown.</summary>
    public int FewestPositives { get; }

    /// <summary>Null skewness of a difference of means beyond which the mean is not shown.</summary>
    public double SkewnessLimit { get; }

    /// <summary>n₁n₀ / (n₁ + n₀).</summary>
    internal static double Information(double treatment, double control) => treatment / (treatment + control) * control;

    internal double Critical(double treatment, double control) => _boundary.Critical(Information(treatment, control));

    /// <summary>A look with an estimate whose error is normal.</summary>
    internal SequentialLook Look(double treatment, double control, double estimate, double standardError)
    {
        var critical = Critical(treatment, control);
        return Look(treatment, control, estimate, estimate / standardError, critical, Interval.Around(estimate, critical * standardError));
    }

    internal SequentialLook Look(double treatment, double control, double? estimate, double z, double critical, Interval? interval)
    {
        var information = Information(treatment, control);
        return new SequentialLook(
            SequentialStatus.Open,
            information / _boundary.PlannedInformation,
            estimate,
            z,
            critical,
            Math.Min(1, 2 * _boundary.PValue(Math.Abs(z), information)),
            interval);
    }
}
