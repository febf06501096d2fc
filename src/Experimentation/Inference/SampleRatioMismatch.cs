using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>Chi-square test of the number of units per arm against the planned weights (Fabijan et al., KDD 2019).</summary>
public static class SampleRatioMismatch
{
    private const double ExpectedMinimum = 5;

    /// <summary>Tests the counts against the weights.</summary>
    /// <param name="counts">Units per arm, each at least 0; two arms or more.</param>
    /// <param name="weights">Planned weight per arm, finite and above 0, same length; need not sum to one.</param>
    /// <param name="threshold">p in (0, 1) below which a mismatch is reported. Default 0.001: the test is run on every experiment, and
    /// real defects give far smaller values.</param>
    /// <exception cref="ArgumentException">A count or weight is not allowed.</exception>
    public static SampleRatioResult Test(ReadOnlySpan<long> counts, ReadOnlySpan<double> weights, double threshold = 0.001)
    {
        Require.OpenUnit(threshold);
        Require.AtLeast(counts.Length, 2, nameof(counts));
        Require.Length(weights.Length, counts.Length, nameof(weights));
        double total = 0, weightTotal = 0;
        for (var arm = 0; arm < counts.Length; arm++)
        {
            Require.AtLeast(counts[arm], 0, nameof(counts));
            if (!double.IsFinite(weights[arm]) || weights[arm] <= 0)
            {
                throw new ArgumentException($"Weight {arm} is {weights[arm]}: must be finite and above 0.", nameof(weights));
            }

            total += counts[arm];
            weightTotal += weights[arm];
        }

        var expected = new double[counts.Length];
        var chiSquare = 0.0;
        var testable = true;
        for (var arm = 0; arm < counts.Length; arm++)
        {
            expected[arm] = total * (weights[arm] / weightTotal);
            testable &= expected[arm] >= ExpectedMinimum;
            var deviation = counts[arm] - expected[arm];
            chiSquare += expected[arm] > 0 ? deviation * deviation / expected[arm] : 0;
        }

        if (!testable)
        {
            return new SampleRatioResult(SampleRatioVerdict.NotTestable, null, counts.Length - 1, null, threshold, expected);
        }

        var p = Tails.ChiSquareUpper(chiSquare, counts.Length - 1);
        var verdict = p < threshold ? SampleRatioVerdict.Mismatch : SampleRatioVerdict.Consistent;
        return new SampleRatioResult(verdict, chiSquare, counts.Length - 1, p, threshold, expected);
    }
}
