using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Difference of quantiles with an interval that needs no density: each arm's interval runs between two order statistics, found by the binomial law
/// of how many values lie below the quantile.
/// </summary>
public static class QuantileTest
{
    /// <summary>Compares one quantile of two arms.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="probability">Which quantile, in (0, 1): 0.5 is the median.</param>
    /// <param name="confidence">Confidence of the intervals in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside (0, 1).</exception>
    public static QuantileResult Compare(ContinuousSample treatment, ContinuousSample control, double probability, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return Compare(new Sorted(treatment.Values, 0), new Sorted(control.Values, 0), probability, confidence);
    }

    /// <summary>Compares one quantile over all units, zeros included, of two arms.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="probability">Which quantile, in (0, 1).</param>
    /// <param name="confidence">Confidence of the intervals in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside (0, 1).</exception>
    public static QuantileResult Compare(ZeroInflatedSample treatment, ZeroInflatedSample control, double probability, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return Compare(new Sorted(treatment.Positives, treatment.Zeros), new Sorted(control.Positives, control.Zeros), probability, confidence);
    }

    private static QuantileResult Compare(Sorted treatment, Sorted control, double probability, double confidence)
    {
        Require.OpenUnit(probability);
        Require.OpenUnit(confidence);
        double? one = treatment.Quantile(probability), other = control.Quantile(probability);
        if (treatment.Enclosing(probability, confidence) is not { } first || control.Enclosing(probability, confidence) is not { } second)
        {
            return new QuantileResult(TestStatus.TooFewObservations, one, other, one - other, null, null, null);
        }

        double q1 = one!.Value, q0 = other!.Value;
        var interval = new Interval(
            q1 - q0 - double.Hypot(q1 - first.Lower, second.Upper - q0), q1 - q0 + double.Hypot(first.Upper - q1, q0 - second.Lower));
        return new QuantileResult(TestStatus.Computed, q1, q0, q1 - q0, first, second, interval);
    }

    /// <summary>Ascending values behind a block of zeros.</summary>
    private readonly ref struct Sorted(ReadOnlySpan<double> positives, long zeros)
    {
        private readonly ReadOnlySpan<double> _positives = positives;

        private long Count => _positives.Length + zeros;

        // Type 7 of Hyndman and Fan, as everywhere in the engine.
        internal double? Quantile(double probability)
        {
            if (Count == 0)
            {
                return null;
            }

            var position = probability * (Count - 1);
            var below = (long)position;
            var low = At(below);
            return low + ((position - below) * (At(Math.Min(below + 1, Count - 1)) - low));
        }

        internal Interval? Enclosing(double probability, double confidence)
        {
            var (n, tail) = (Count, (1 - confidence) / 2);
            if (n == 0 || Binomial(0, n, probability) > tail || Binomial(n - 1, n, probability) < 1 - tail)
            {
                return null;
            }

            // The largest l with P(B < l) ≤ tail and the smallest u with P(B < u) ≥ 1 − tail: then P(x_(l) ≤ quantile ≤ x_(u)) ≥ confidence.
            var lower = Search(0, n, k => Binomial(k, n, probability) > tail);
            var upper = Search(0, n, k => Binomial(k, n, probability) >= 1 - tail) + 1;
            return new Interval(At(lower - 1), At(upper - 1));
        }

        private static long Search(long low, long high, Func<long, bool> holds)
        {
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
            }

            return low;
        }

        // P(B ≤ k)
        private static double Binomial(long k, long n, double p) =>
            k >= n ? 1 : MathNet.Numerics.SpecialFunctions.BetaRegularized(n - k, k + 1, 1 - p);

        private double At(long index) => index < zeros ? 0 : _positives[(int)(index - zeros)];
    }
}
