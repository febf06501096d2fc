using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Lin's interacted regression (2013): y on treatment, covariates centred at their means over all units, and the products of both. It never costs
/// precision in large samples. Computed as one regression an arm, of which the difference of intercepts is the effect: coefficients and robust
/// errors are those of the joint one.
/// </summary>
/// <remarks>Covariates must be known before assignment. A prediction from other members' data (cross-fitted) is a covariate like any other.</remarks>
public static class RegressionAdjustment
{
    // A covariate that the earlier ones explain up to this share of its variance is left out.
    private const double Explained = 1e-10;

    /// <summary>Compares two arms.</summary>
    /// <param name="outcomes">[units], finite.</param>
    /// <param name="treated">[units].</param>
    /// <param name="covariates">[units × covariates], row-major, finite.</param>
    /// <param name="variance">Leverage correction; default HC2.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentException">Lengths do not fit or a value is not finite; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static AdjustedResult Compare(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<bool> treated, ReadOnlySpan<double> covariates,
        RobustVariance variance = RobustVariance.Hc2, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        Require.Length(treated.Length, outcomes.Length, nameof(treated));
        var width = outcomes.Length == 0 ? 0 : covariates.Length / outcomes.Length;
        Require.Length(covariates.Length, (long)width * outcomes.Length, nameof(covariates));
        Require.Finite(outcomes, nameof(outcomes));
        Require.Finite(covariates, nameof(covariates));

        var centred = Standardized(covariates, outcomes.Length, width);
        var used = Independent(centred, width);
        if (ArmRegression.Fit(outcomes, treated, true, centred, width, used, variance) is not { } one
            || ArmRegression.Fit(outcomes, treated, false, centred, width, used, variance) is not { } other)
        {
            return new AdjustedResult(TestStatus.TooFewObservations, null, null, null, null, null, null, null, used);
        }

        var difference = one.Intercept - other.Intercept;
        var error = Math.Sqrt(one.Variance + other.Variance);
        var freedom = outcomes.Length - (2 * (used.Count + 1));
        if (error <= 0)
        {
            return new AdjustedResult(TestStatus.NoVariation, difference, null, freedom, null, null, null, null, used);
        }

        var t = difference / error;
        var plain = (one.Plain.Variance!.Value / one.Plain.Count) + (other.Plain.Variance!.Value / other.Plain.Count);
        return new AdjustedResult(
            TestStatus.Computed,
            difference,
            error,
            freedom,
            t,
            Tails.StudentTwoSided(t, freedom),
            Interval.Around(difference, Tails.StudentCritical(confidence, freedom) * error),
            plain > 0 ? 1 - (error * error / plain) : null,
            used);
    }

    // Centred and scaled: scale changes no fitted value, and the normal equations keep their digits.
    private static double[] Standardized(ReadOnlySpan<double> covariates, int units, int width)
    {
        var centred = covariates.ToArray();
        var column = new double[units];
        for (var k = 0; k < width; k++)
        {
            for (var i = 0; i < units; i++)
            {
                column[i] = centred[(i * width) + k];
            }

            var moments = Moments.Of(column);
            var scale = moments.M2 > 0 ? Math.Sqrt(units / moments.M2) : 0;
            for (var i = 0; i < units; i++)
            {
                centred[(i * width) + k] = (column[i] - moments.Mean) * scale;
            }
        }

        return centred;
    }

    private static List<int> Independent(double[] centred, int width)
    {
        var units = width == 0 ? 0 : centred.Length / width;
        var basis = new List<double[]>();
        var used = new List<int>();
        for (var k = 0; k < width; k++)
        {
            var rest = new double[units];
            for (var i = 0; i < units; i++)
            {
                rest[i] = centred[(i * width) + k];
            }

            var before = Dot(rest, rest);
            foreach (var direction in basis)
            {
                var along = Dot(rest, direction);
                for (var i = 0; i < units; i++)
                {
                    rest[i] -= along * direction[i];
                }
            }

            var left = Dot(rest, rest);
            if (left > Explained * before && before > 0)
            {
                basis.Add(Array.ConvertAll(rest, value => value / Math.Sqrt(left)));
                used.Add(k);
            }
        }

        return used;
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }
}
