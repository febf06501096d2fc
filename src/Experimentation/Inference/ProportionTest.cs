using MathNet.Numerics;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Comparison of two proportions, and intervals for one (Wilson 1927) and for the difference of two (Newcombe 1998, method 10).</summary>
public static class ProportionTest
{
    // Cochran's rule for the two-by-two table.
    private const double ExpectedCellMinimum = 5;

    /// <summary>Compares the success rates of two arms.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static ProportionResult Compare(BinarySample treatment, BinarySample control, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return Compare(treatment.Successes, treatment.Count, control.Successes, control.Count, confidence);
    }

    /// <summary>Wilson's score interval of one rate.</summary>
    /// <param name="successes">Successes, in [0, count].</param>
    /// <param name="count">Number of units, at least 0.</param>
    /// <param name="confidence">Confidence in (0, 1); default 0.95.</param>
    /// <returns>Interval within [0, 1]; null when <paramref name="count"/> is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Interval? RateInterval(long successes, long count, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        Require.AtLeast(successes, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        if (count == 0)
        {
            return null;
        }

        var z = Tails.NormalCritical(confidence);
        var rate = (double)successes / count;
        var denominator = 1 + (z * z / count);
        var centre = (rate + (z * z / (2 * count))) / denominator;
        var half = z * Math.Sqrt((rate * (1 - rate) / count) + (z * z / (4.0 * count * count))) / denominator;

        // At 0 and at n successes the end is exact; rounding would leave it off by 1e-17.
        return new Interval(successes == 0 ? 0 : centre - half, successes == count ? 1 : centre + half);
    }

    internal static ProportionResult Compare(long successes1, long n1, long successes0, long n0, double confidence)
    {
        Require.OpenUnit(confidence);
        if (n1 == 0 || n0 == 0)
        {
            return new ProportionResult(TestStatus.TooFewObservations, ProportionMethod.PooledNormal, null, null, null, null, null);
        }

        var rate1 = (double)successes1 / n1;
        var rate0 = (double)successes0 / n0;
        var standardError = Math.Sqrt((rate1 * (1 - rate1) / n1) + (rate0 * (1 - rate0) / n0));
        var interval = Newcombe(rate1, RateInterval(successes1, n1, confidence)!.Value, rate0, RateInterval(successes0, n0, confidence)!.Value);
        var deviation = PooledDeviation(successes1, n1, successes0, n0);
        var rarer = Math.Min(successes1 + successes0, n1 + n0 - successes1 - successes0);
        var method = (double)rarer * Math.Min(n1, n0) / (n1 + n0) < ExpectedCellMinimum
            ? ProportionMethod.FisherExact
            : ProportionMethod.PooledNormal;
        if (deviation <= 0)
        {
            return new ProportionResult(TestStatus.NoVariation, method, rate1 - rate0, standardError, null, null, interval);
        }

        var z = (rate1 - rate0) / deviation;
        var p = method == ProportionMethod.PooledNormal ? Tails.NormalTwoSided(z) : FisherTwoSided(successes1, n1, successes0, n0);
        return new ProportionResult(TestStatus.Computed, method, rate1 - rate0, standardError, z, p, interval);
    }

    internal static double PooledDeviation(long successes1, long n1, long successes0, long n0)
    {
        var pooled = (double)(successes1 + successes0) / (n1 + n0);
        return Math.Sqrt(pooled * (1 - pooled) * ((1.0 / n1) + (1.0 / n0)));
    }

    private static Interval Newcombe(double rate1, Interval wilson1, double rate0, Interval wilson0)
    {
        var down = double.Hypot(rate1 - wilson1.Lower, wilson0.Upper - rate0);
        var up = double.Hypot(wilson1.Upper - rate1, rate0 - wilson0.Lower);
        return new Interval(rate1 - rate0 - down, rate1 - rate0 + up);
    }

    // Sum of the probabilities of all tables no more likely than the observed one.
    private static double FisherTwoSided(long successes1, long n1, long successes0, long n0)
    {
        var successes = successes1 + successes0;
        var lowest = Math.Max(0, successes - n0);
        var highest = Math.Min(successes, n1);
        double LogProbability(long k) => LogChoose(n1, k) + LogChoose(n0, successes - k) - LogChoose(n1 + n0, successes);
        var observed = LogProbability(successes1);
        var p = 0.0;
        for (var k = lowest; k <= highest; k++)
        {
            var log = LogProbability(k);

            // Equally likely tables differ by the rounding of the log-gammas.
            p += log <= observed + 1e-7 ? Math.Exp(log) : 0;
        }

        return Math.Min(1, p);
    }

    private static double LogChoose(long n, long k) =>
        SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(n - k + 1);
}
