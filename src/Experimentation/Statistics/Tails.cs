using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Noah.Experimentation.Statistics;

/// <summary>Survival functions that keep their relative precision far in the tail; 1 − CDF loses everything below 1e-16.</summary>
internal static class Tails
{
    // Above this the two distributions agree to 1e-7 relative at |t| = 10, and the continued fraction needs over 10,000 terms.
    private const double NormalDegreesOfFreedom = 1e9;

    internal static double NormalTwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    internal static double NormalQuantile(double probability) => Normal.InvCDF(0, 1, probability);

    /// <summary>Half width of a two-sided normal interval in standard errors: 1.96 for 0.95.</summary>
    internal static double NormalCritical(double confidence) => -NormalQuantile((1 - confidence) / 2);

    internal static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        if (degreesOfFreedom > NormalDegreesOfFreedom)
        {
            return NormalTwoSided(t);
        }

        return SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));
    }

    internal static double StudentCritical(double confidence, double degreesOfFreedom)
    {
        var tail = 1 - confidence;
        var t = NormalCritical(confidence);
        if (degreesOfFreedom > NormalDegreesOfFreedom)
        {
            return t;
        }

        // The survival function is convex for t > 0 and the normal quantile lies left of the root: Newton climbs without overshoot.
        for (var i = 0; i < 200; i++)
        {
            var step = (StudentTwoSided(t, degreesOfFreedom) - tail) / (2 * StudentT.PDF(0, 1, degreesOfFreedom, t));
            t += step;
            if (Math.Abs(step) < 1e-12 * t)
            {
                break;
            }
        }

        return t;
    }

    internal static double ChiSquareUpper(double chiSquare, int degreesOfFreedom) => degreesOfFreedom switch
    {
        1 => SpecialFunctions.Erfc(Math.Sqrt(chiSquare / 2)),
        2 => Math.Exp(-chiSquare / 2),
        _ => SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, chiSquare / 2),
    };
}
