using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Welch's t-test of two means. On rare heavy-tailed outcomes with unequal arms its type-I error reached 0.20 at nominal 0.05, so
/// never read it alone there: <see cref="ZeroTrimmedUTest"/> held 0.048 to 0.052 in the same study.
/// </summary>
public static class WelchTest
{
    /// <summary>Compares the means of two arms.</summary>
    /// <param name="treatment">Moments of the treatment arm.</param>
    /// <param name="control">Moments of the control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static WelchResult Compare(Moments treatment, Moments control, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        double? difference = treatment.Count > 0 && control.Count > 0 ? treatment.Mean - control.Mean : null;
        if (treatment.Variance is not { } treatmentVariance || control.Variance is not { } controlVariance)
        {
            return new WelchResult(TestStatus.TooFewObservations, difference, null, null, null, null, null);
        }

        var treatmentShare = treatmentVariance / treatment.Count;
        var controlShare = controlVariance / control.Count;
        var variance = treatmentShare + controlShare;
        if (variance <= 0)
        {
            return new WelchResult(TestStatus.NoVariation, difference, null, null, null, null, null);
        }

        var standardError = Math.Sqrt(variance);

        // Shares of the variance instead of its square: amounts of 1e-160 or 1e160 neither vanish nor overflow.
        var treatmentPart = treatmentShare / variance;
        var controlPart = controlShare / variance;
        var degreesOfFreedom = 1
            / ((treatmentPart * treatmentPart / (treatment.Count - 1)) + (controlPart * controlPart / (control.Count - 1)));
        var delta = treatment.Mean - control.Mean;
        var t = delta / standardError;
        return new WelchResult(
            TestStatus.Computed,
            delta,
            standardError,
            degreesOfFreedom,
            t,
            Tails.StudentTwoSided(t, degreesOfFreedom),
            Statistics.Interval.Around(delta, Tails.StudentCritical(confidence, degreesOfFreedom) * standardError));
    }
}
