using MathNet.Numerics;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Power;

/// <summary>
/// What a running experiment can still find at its planned end (Lan, Simon and Halperin 1982; Jennison and Turnbull 2000, chapter 10). With
/// share t of the information, B = z √t and drift θ, the final statistic is normal with mean B + θ (1 − t) and variance 1 − t.
/// </summary>
/// <remarks>
/// Conditional power under the planned effect below 0.2 is the customary reason to stop for futility. It is no reason to claim "no effect".
/// </remarks>
public static class ConditionalPower
{
    /// <summary>Probability that the final two-sided test finds a difference, under the given drift.</summary>
    /// <param name="z">Statistic now, finite.</param>
    /// <param name="share">Information now over planned, in (0, 1).</param>
    /// <param name="drift">Expected statistic at the end, finite: planned effect over its planned standard error; z / √share for the trend seen.</param>
    /// <param name="critical">Critical value at the end, above 0; default 1.959963984540054.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ConditionalPowerResult Given(double z, double share, double drift, double critical = 1.959963984540054)
    {
        Check(z, share, critical);
        Finite(drift, nameof(drift));
        return Of((z * Math.Sqrt(share)) + (drift * (1 - share)), Math.Sqrt(1 - share), critical);
    }

    /// <summary>
    /// The same averaged over what the data say of the drift (Spiegelhalter, Freedman and Blackburn 1986): its posterior under a normal prior.
    /// </summary>
    /// <param name="z">Statistic now, finite.</param>
    /// <param name="share">Information now over planned, in (0, 1).</param>
    /// <param name="priorDrift">Prior mean of the drift, finite; default 0.</param>
    /// <param name="priorWeight">Information of the prior over planned information, at least 0; default 0, a flat prior.</param>
    /// <param name="critical">Critical value at the end, above 0; default 1.959963984540054.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ConditionalPowerResult Predictive(
        double z, double share, double priorDrift = 0, double priorWeight = 0, double critical = 1.959963984540054)
    {
        Check(z, share, critical);
        Finite(priorDrift, nameof(priorDrift));
        if (!(priorWeight >= 0 && double.IsFinite(priorWeight)))
        {
            throw new ArgumentOutOfRangeException(nameof(priorWeight), priorWeight, "Must be finite and at least 0.");
        }

        var score = z * Math.Sqrt(share);
        var rest = 1 - share;
        var posterior = (score + (priorDrift * priorWeight)) / (share + priorWeight);
        return Of(score + (posterior * rest), Math.Sqrt(rest + (rest * rest / (share + priorWeight))), critical);
    }

    private static ConditionalPowerResult Of(double mean, double deviation, double critical) =>
        new(Upper((critical - mean) / deviation), Upper((critical + mean) / deviation));

    private static double Upper(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);

    private static void Check(double z, double share, double critical)
    {
        Finite(z, nameof(z));
        Require.OpenUnit(share);
        if (!(critical > 0 && double.IsFinite(critical)))
        {
            throw new ArgumentOutOfRangeException(nameof(critical), critical, "Must be finite and above 0.");
        }
    }

    private static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be finite.");
        }
    }
}
