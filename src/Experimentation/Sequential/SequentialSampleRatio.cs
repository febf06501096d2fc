using MathNet.Numerics;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Sample ratio test that may be read after every unit: the likelihood of the counts mixed over shares drawn from
/// Dirichlet(κ·planned), over their likelihood under the plan (Lindon and Malek 2022). The ratio is a martingale of mean one under the plan, so
/// it reaches 1/α with probability α at most, ever.
/// </summary>
public static class SequentialSampleRatio
{
    /// <summary>
    /// Concentration κ of the alternatives: they scatter round a planned share s with deviation √(s (1 − s) / (κ + 1)), at 1000 and a half
    /// 1.6 points.
    /// </summary>
    public const double DefaultConcentration = 1000;

    /// <summary>Tests the counts of now.</summary>
    /// <param name="counts">Units per arm so far, each at least 0; two arms or more.</param>
    /// <param name="weights">Planned weight per arm, finite and above 0, same length; need not sum to one.</param>
    /// <param name="threshold">p in (0, 1) at or below which a mismatch is reported; default 0.001.</param>
    /// <param name="concentration">κ, finite and above 0; larger finds small deviations sooner, smaller large ones.</param>
    /// <exception cref="ArgumentException">A count or weight is not allowed.</exception>
    public static SequentialSampleRatioResult Test(
        ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double threshold = 0.001, double concentration = DefaultConcentration)
    {
        var shares = Shares(weights, threshold, concentration);
        Require.Length(counts.Length, weights.Length, nameof(counts));
        var evidence = LogEvidence(counts, shares, concentration);
        var p = Math.Min(1, Math.Exp(-evidence));
        return new SequentialSampleRatioResult(Verdict(p, threshold), evidence, p, threshold, null);
    }

    /// <summary>Follows the test over days and keeps the strongest evidence met, which is as valid as that of any one day.</summary>
    /// <param name="dailyCounts">Units that arrived, [days × arms] row-major, each at least 0.</param>
    /// <param name="weights">Planned weight per arm, finite and above 0.</param>
    /// <param name="threshold">p in (0, 1) at or below which a mismatch is reported; default 0.001.</param>
    /// <param name="concentration">κ, finite and above 0.</param>
    /// <exception cref="ArgumentException">A count or weight is not allowed.</exception>
    public static SequentialSampleRatioResult Follow(
        ReadOnlySpan<long> dailyCounts, ReadOnlySpan<double> weights, double threshold = 0.001, double concentration = DefaultConcentration)
    {
        var shares = Shares(weights, threshold, concentration);
        if (dailyCounts.Length % weights.Length != 0)
        {
            throw new ArgumentException($"Has {dailyCounts.Length} elements, expected a multiple of {weights.Length}.", nameof(dailyCounts));
        }

        var counts = new long[weights.Length];
        var strongest = 0.0;
        int? onset = null;
        for (var day = 0; day < dailyCounts.Length / weights.Length; day++)
        {
            for (var arm = 0; arm < counts.Length; arm++)
            {
                Require.AtLeast(dailyCounts[(day * counts.Length) + arm], 0, nameof(dailyCounts));
                counts[arm] += dailyCounts[(day * counts.Length) + arm];
            }

            strongest = Math.Max(strongest, LogEvidence(counts, shares, concentration));
            onset ??= Math.Exp(-strongest) <= threshold ? day : null;
        }

        var p = Math.Exp(-strongest);
        return new SequentialSampleRatioResult(Verdict(p, threshold), strongest, p, threshold, onset);
    }

    private static SampleRatioVerdict Verdict(double p, double threshold) =>
        p <= threshold ? SampleRatioVerdict.Mismatch : SampleRatioVerdict.Consistent;

    private static double LogEvidence(ReadOnlySpan<long> counts, double[] shares, double concentration)
    {
        double total = 0, log = 0;
        for (var arm = 0; arm < counts.Length; arm++)
        {
            Require.AtLeast(counts[arm], 0, nameof(counts));
            total += counts[arm];
            var prior = concentration * shares[arm];
            log += SpecialFunctions.GammaLn(prior + counts[arm]) - SpecialFunctions.GammaLn(prior) - (counts[arm] * Math.Log(shares[arm]));
        }

        return log + SpecialFunctions.GammaLn(concentration) - SpecialFunctions.GammaLn(concentration + total);
    }

    private static double[] Shares(ReadOnlySpan<double> weights, double threshold, double concentration)
    {
        Require.OpenUnit(threshold);
        Require.AtLeast(weights.Length, 2, nameof(weights));
        if (!(concentration > 0 && double.IsFinite(concentration)))
        {
            throw new ArgumentOutOfRangeException(nameof(concentration), concentration, "Must be finite and above 0.");
        }

        var shares = new double[weights.Length];
        var sum = 0.0;
        for (var arm = 0; arm < shares.Length; arm++)
        {
            if (!double.IsFinite(weights[arm]) || weights[arm] <= 0)
            {
                throw new ArgumentException($"Weight {arm} is {weights[arm]}: must be finite and above 0.", nameof(weights));
            }

            sum += weights[arm];
        }

        for (var arm = 0; arm < shares.Length; arm++)
        {
            shares[arm] = weights[arm] / sum;
        }

        return shares;
    }
}
