using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Zero-trimmed U: drops the same share of zeros from both arms until one has none, then compares ranks (Hallstrom 2010; Wang, Chen
/// and Li 2021; the NOAH authors' robustInfer). Computed in closed form,
/// W = W₊ + ½ n₀ n₁ p (p₁ − p₀) with W₊ the centred U of the positives and p the larger positive rate, so no padding, no rounding and
/// O(n₊ log n₊). Most powerful when conversion and amount move together.
/// </summary>
public static class ZeroTrimmedUTest
{
    /// <summary>Compares two zero-inflated samples.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ZeroTrimmedUResult Compare(
        ZeroInflatedSample treatment, ZeroInflatedSample control, ZeroTrimmedUOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        options ??= new ZeroTrimmedUOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.AtLeast(options.Permutations, 99, nameof(options.Permutations));
        Require.AtLeast(options.PermuteBelowPositives, 0, nameof(options.PermuteBelowPositives));

        if (treatment.Count == 0 || control.Count == 0)
        {
            return NotComputed(TestStatus.TooFewObservations);
        }

        double n1 = treatment.Count, n0 = control.Count, m1 = treatment.PositiveCount, m0 = control.PositiveCount;
        double rate1 = m1 / n1, rate0 = m0 / n0, p = Math.Max(rate1, rate0);
        RankComparison? ranks = m1 > 0 && m0 > 0 ? RankComparison.Of(treatment.Positives, control.Positives) : null;
        var terms = options.Form == ZeroTrimmedUForm.Pooled
            ? Pooled(n1, n0, m1, m0, ranks)
            : Published(n1, n0, m1, m0, ranks);
        var variance = terms.Participation + terms.Amount;
        if (variance <= 0)
        {
            return NotComputed(TestStatus.NoVariation);
        }

        var z = terms.W / Math.Sqrt(variance);
        var rateDeviation = ProportionTest.PooledDeviation(treatment.PositiveCount, treatment.Count, control.PositiveCount, control.Count);
        var amountDeviation = ranks?.NullDeviation(m1, m0) ?? 0;
        var permute = Math.Min(m1, m0) < options.PermuteBelowPositives && options.Form == ZeroTrimmedUForm.Pooled;
        return new ZeroTrimmedUResult(
            TestStatus.Computed,
            terms.W,
            terms.Participation,
            terms.Amount,
            z,
            permute ? PermutedP(treatment, control, z, options) : Tails.NormalTwoSided(z),
            permute ? PValueSource.Permutation : PValueSource.Normal,
            rateDeviation > 0 ? (rate1 - rate0) / rateDeviation : null,
            amountDeviation > 0 ? (ranks!.Value.Superiority - 0.5) / amountDeviation : null,
            Math.Sqrt(terms.Participation / variance),
            Math.Sqrt(terms.Amount / variance),
            0.5 + (terms.W / (n1 * n0 * p * p)),
            SuperiorityInterval(n1, n0, rate1, rate0, ranks, options.Confidence));
    }

    /// <summary>W and the two terms of its null variance, pooled form.</summary>
    internal static (double W, double Participation, double Amount) Pooled(
        double n1, double n0, double m1, double m0, RankComparison? ranks)
    {
        var p = Math.Max(m1 / n1, m0 / n0);
        var pooled = (m1 + m0) / (n1 + n0);
        var half = n1 * n0 * p / 2;
        var centredPositives = ranks is { } some ? m1 * m0 * (some.Superiority - 0.5) : 0;
        var deviation = ranks?.NullDeviation(m1, m0) * m1 * m0 ?? 0;
        return (
            centredPositives + (half * ((m1 / n1) - (m0 / n0))),
            half * half * pooled * (1 - pooled) * ((1 / n0) + (1 / n1)),
            deviation * deviation);
    }

    private static double PermutedP(ZeroInflatedSample treatment, ZeroInflatedSample control, double z, ZeroTrimmedUOptions options) =>
        ZeroInflatedPermutation.PValue(treatment, control, z, options.Permutations, options.Seed, (m1, m0, ranks) =>
        {
            var (w, participation, amount) = Pooled(treatment.Count, control.Count, m1, m0, ranks);
            var variance = participation + amount;
            return variance > 0 ? w / Math.Sqrt(variance) : 0;
        });

    private static (double W, double Participation, double Amount) Published(
        double n1, double n0, double m1, double m0, RankComparison? ranks)
    {
        double rate1 = m1 / n1, rate0 = m0 / n0, p = Math.Max(rate1, rate0);

        // Python's round, which the authors use: halves go to the even neighbour.
        double trimmed1 = Math.Round(n1 * p), trimmed0 = Math.Round(n0 * p);
        double zeros1 = trimmed1 - m1, zeros0 = trimmed0 - m0;
        var wins = ((ranks?.Superiority ?? 0) * m1 * m0) + (m1 * zeros0) + (zeros1 * zeros0 / 2);
        return (
            wins - (trimmed1 * trimmed0 / 2),
            n1 * n1 * n0 * n0 / 4 * p * p * ((rate0 * (1 - rate0) / n0) + (rate1 * (1 - rate1) / n1)),
            m1 * m0 * (m1 + m0) / 12);
    }

    // With θ₊ the superiority among positives the trimmed superiority is 1 − (p₀/p₁)(1 − θ₊) if p₁ ≥ p₀, else (p₁/p₀) θ₊. Rates and θ₊
    // are asymptotically independent, so the variances of the logs add.
    private static Interval? SuperiorityInterval(
        double n1, double n0, double rate1, double rate0, RankComparison? ranks, double confidence)
    {
        if (ranks is not { PlacementVariance: { } placement } comparison)
        {
            return null;
        }

        var treatmentMore = rate1 >= rate0;
        var ratio = treatmentMore ? rate0 / rate1 : rate1 / rate0;
        var side = treatmentMore ? 1 - comparison.Superiority : comparison.Superiority;
        if (side <= 0)
        {
            return null;
        }

        var logVariance = ((1 - rate1) / (n1 * rate1)) + ((1 - rate0) / (n0 * rate0)) + (placement / (side * side));
        var factor = Math.Exp(Tails.NormalCritical(confidence) * Math.Sqrt(logVariance));
        double low = Math.Min(1, ratio * side / factor), high = Math.Min(1, ratio * side * factor);
        return treatmentMore ? new Interval(1 - high, 1 - low) : new Interval(low, high);
    }

    private static ZeroTrimmedUResult NotComputed(TestStatus status) =>
        new(status, null, null, null, null, null, PValueSource.Normal, null, null, null, null, null, null);
}
