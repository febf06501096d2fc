using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Compares ratios of sums such as clicks per send or spend per order, where the unit of randomisation is not the unit of the denominator. With r =
/// ȳ / x̄ the delta method has Var r = (s_y² − 2 r s_xy + r² s_x²) / (n x̄²) (Deng, Knoblich and Lu 2018, section 3).
/// </summary>
public static class RatioTest
{
    /// <summary>Compares two arms.</summary>
    /// <param name="treatment">Numerator Y and denominator X of the units of the treatment arm.</param>
    /// <param name="control">The same of the control arm.</param>
    /// <param name="confidence">Confidence of the intervals in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static RatioResult Compare(CovarianceMoments treatment, CovarianceMoments control, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        double? ratio1 = Ratio(treatment), ratio0 = Ratio(control);
        if (ratio1 is not { } r1 || ratio0 is not { } r0 || Variance(treatment, r1) is not { } v1 || Variance(control, r0) is not { } v0)
        {
            return new RatioResult(TestStatus.TooFewObservations, ratio1, ratio0, ratio1 - ratio0, null, null, null, null, null, null, null);
        }

        var z = Tails.NormalCritical(confidence);
        var difference = r1 - r0;
        double? lift = r0 == 0 ? null : (r1 / r0) - 1;
        if (v1 + v0 <= 0)
        {
            return new RatioResult(TestStatus.NoVariation, r1, r0, difference, null, null, null, null, null, lift, null);
        }

        var error = Math.Sqrt(v1 + v0);
        return new RatioResult(
            TestStatus.Computed,
            r1,
            r0,
            difference,
            error,
            difference / error,
            Tails.NormalTwoSided(difference / error),
            Interval.Around(difference, z * error),
            Combined(r1, Fieller(treatment, z), r0, Fieller(control, z)),
            lift,
            r1 > 0 && r0 > 0 ? LiftInterval(r1 / r0, (v1 / (r1 * r1)) + (v0 / (r0 * r0)), z) : null);
    }

    /// <summary>Fieller's interval of one ratio of sums: the values r for which ȳ − r x̄ is within z standard errors of zero (Fieller 1954).</summary>
    /// <param name="arm">Numerator Y and denominator X of the units.</param>
    /// <param name="confidence">Confidence in (0, 1); default 0.95.</param>
    /// <returns>The interval; null where the denominator is not clearly away from zero, so that no bounded interval exists, or below two
    /// units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static Interval? FiellerInterval(CovarianceMoments arm, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        return arm.Count < 2 ? null : Fieller(arm, Tails.NormalCritical(confidence));
    }

    private static double? Ratio(CovarianceMoments arm) => arm.Count > 0 && arm.X.Mean != 0 ? arm.Y.Mean / arm.X.Mean : null;

    private static double? Variance(CovarianceMoments arm, double ratio) =>
        arm.Count < 2 ? null : arm.Residual(ratio, 0).Variance / (arm.Count * arm.X.Mean * arm.X.Mean);

    // (ȳ − r x̄)² ≤ z² (v_y − 2 r v_xy + r² v_x), a quadratic in r that opens upward if x̄² > z² v_x.
    private static Interval? Fieller(CovarianceMoments arm, double z)
    {
        double n = arm.Count, y = arm.Y.Mean, x = arm.X.Mean, square = z * z / n;
        var a = (x * x) - (square * arm.X.Variance!.Value);
        var b = (y * x) - (square * arm.Covariance!.Value);
        var c = (y * y) - (square * arm.Y.Variance!.Value);
        if (a <= 0)
        {
            return null;
        }

        var root = Math.Sqrt(Math.Max(0, (b * b) - (a * c)));
        return new Interval((b - root) / a, (b + root) / a);
    }

    private static Interval? Combined(double r1, Interval? first, double r0, Interval? second) => first is { } one && second is { } other
        ? new Interval(
            r1 - r0 - double.Hypot(r1 - one.Lower, other.Upper - r0),
            r1 - r0 + double.Hypot(one.Upper - r1, r0 - other.Lower))
        : null;

    private static Interval LiftInterval(double ratio, double logVariance, double z)
    {
        var factor = Math.Exp(z * Math.Sqrt(logVariance));
        return new Interval((ratio / factor) - 1, (ratio * factor) - 1);
    }
}
