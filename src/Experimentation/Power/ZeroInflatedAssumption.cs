using MathNet.Numerics;

namespace Noah.Experimentation.Power;

/// <summary>Most units have zero, the others a lognormal amount; compared by mean or by the zero-trimmed U.</summary>
public sealed record ZeroInflatedAssumption : MetricAssumption
{
    /// <summary>Builds the assumption.</summary>
    /// <param name="positiveRate">Share of units with a positive value in the control, in (0, 1); one minus the zero share.</param>
    /// <param name="logDeviation">
    /// Standard deviation of the logarithm of a positive value, in (0, 10): the tail. See <see cref="DeviationOfSkewness"/>.
    /// </param>
    /// <param name="byRanks">Whether the zero-trimmed U compares, else Welch's test of means.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ZeroInflatedAssumption(double positiveRate, double logDeviation, bool byRanks)
    {
        Require(positiveRate > 0 && positiveRate < 1, nameof(positiveRate), positiveRate, "(0, 1)");
        Require(logDeviation > 0 && logDeviation < 10, nameof(logDeviation), logDeviation, "(0, 10)");
        (PositiveRate, LogDeviation, ByRanks) = (positiveRate, logDeviation, byRanks);
    }

    /// <summary>Share of units with a positive value in the control.</summary>
    public double PositiveRate { get; }

    /// <summary>Standard deviation of the logarithm of a positive value.</summary>
    public double LogDeviation { get; }

    /// <summary>Whether the zero-trimmed U compares, else Welch's test.</summary>
    public bool ByRanks { get; }

    /// <summary>
    /// Units an arm below which means of such values are too skewed for normal intervals: 355 times the squared skewness
    /// (Kohavi, Deng, Longbotham and Xu 2014, rule 7).
    /// </summary>
    public double UnitsForNormality
    {
        get
        {
            // Moments of the amount in units of its median: e^(k² s² / 2).
            double Moment(int k) => PositiveRate * Math.Exp(k * k * LogDeviation * LogDeviation / 2);
            double mean = Moment(1), variance = Moment(2) - (mean * mean);
            var skewness = (Moment(3) - (3 * mean * Moment(2)) + (2 * mean * mean * mean)) / Math.Pow(variance, 1.5);
            return 355 * skewness * skewness;
        }
    }

    /// <summary>The log deviation of a lognormal with that skewness, from (e^(s²) + 2) √(e^(s²) − 1).</summary>
    /// <param name="skewness">Skewness of the positive values, above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The skewness is not above 0 and finite.</exception>
    public static double DeviationOfSkewness(double skewness)
    {
        Require(skewness > 0 && double.IsFinite(skewness), nameof(skewness), skewness, "(0, ∞)");

        // With u = √(e^(s²) − 1) the skewness is u³ + 3u, solved by Cardano.
        var root = Math.Sqrt(1 + (skewness * skewness / 4));
        var u = Math.Cbrt((skewness / 2) + root) + Math.Cbrt((skewness / 2) - root);
        return Math.Sqrt(Math.Log(1 + (u * u)));
    }

    internal override (double Drift, double Null, double Alternative) PerUnit(MetricLift lift, PowerSettings settings)
    {
        double rate1 = Math.Min(1, PositiveRate * (1 + lift.Participation)), share = settings.TreatmentShare;
        return ByRanks ? Ranks(rate1, lift, share, settings.DesignEffect) : Means(rate1, lift, share, settings);
    }

    // W and its null variance in the closed form of the test for n₁ = q, n₀ = 1 − q, per unit: both scale with N.
    private (double Drift, double Null, double Alternative) Ranks(double rate1, MetricLift lift, double share, double designEffect)
    {
        double other = 1 - share, top = Math.Max(rate1, PositiveRate), pooled = (share * rate1) + (other * PositiveRate);
        var shift = Math.Log(1 + lift.Amount);
        var superiority = 0.5 * SpecialFunctions.Erf(shift / (2 * LogDeviation));
        var w = (share * rate1 * other * PositiveRate * superiority) + (0.5 * share * other * top * (rate1 - PositiveRate));
        var half = share * other * top / 2;
        var variance = (half * half * pooled * (1 - pooled) * ((1 / other) + (1 / share)))
            + (share * rate1 * other * PositiveRate * pooled / 12);
        return (w, variance * designEffect, variance * designEffect);
    }

    private (double Drift, double Null, double Alternative) Means(double rate1, MetricLift lift, double share, PowerSettings settings)
    {
        // In units of the control's median amount.
        double s2 = LogDeviation * LogDeviation, mean = Math.Exp(s2 / 2), square = Math.Exp(2 * s2);
        double Variance(double rate, double scale) => scale * scale * ((rate * square) - (rate * rate * mean * mean));
        var variance = Split(Variance(rate1, 1 + lift.Amount), Variance(PositiveRate, 1), share)
            * (1 - settings.CovariateR2) * settings.DesignEffect;
        return (PositiveRate * mean * lift.OfMean, variance, variance);
    }
}
