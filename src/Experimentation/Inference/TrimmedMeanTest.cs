using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Yuen's test (1974): Welch's t of means from which the same share of values was cut at both ends, with errors from winsorised variances. It
/// answers for the typical unit, not for money: what it cuts are the largest orders.
/// </summary>
public static class TrimmedMeanTest
{
    /// <summary>Compares the trimmed means of two arms.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="trim">Share cut at each end, in [0, 0.5); default 0.2, as Yuen and Wilcox recommend.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <returns>Difference of trimmed means; degrees of freedom and errors are Yuen's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share or the confidence is outside its range.</exception>
    public static WelchResult Compare(ContinuousSample treatment, ContinuousSample control, double trim = 0.2, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        if (!(trim >= 0 && trim < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(trim), trim, "Must lie in [0, 0.5).");
        }

        return WelchTest.Compare(Effective(treatment.Values, trim), Effective(control.Values, trim), confidence);
    }

    // Yuen's error is d = (n − 1) s_w² / (h (h − 1)) with h values kept: Welch's formulas on h values with the trimmed mean and M2 = (n − 1) s_w².
    private static Moments Effective(ReadOnlySpan<double> sorted, double trim)
    {
        var cut = (int)(trim * sorted.Length);
        var kept = sorted.Length - (2 * cut);
        if (kept < 2)
        {
            return kept == 1 ? new Moments(1, sorted[cut], 0) : default;
        }

        var winsorised = sorted.ToArray();
        winsorised.AsSpan(0, cut).Fill(sorted[cut]);
        winsorised.AsSpan(sorted.Length - cut).Fill(sorted[^(cut + 1)]);
        return new Moments(kept, Moments.Of(sorted.Slice(cut, kept)).Mean, Moments.Of(winsorised).M2);
    }
}
