using System.Runtime.Intrinsics;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.MeanValue;

/// <summary>
/// Law of Welch's t under random labels. The values kept one by one get their labels by selection sampling, without replacement; what
/// the others add to an arm's sum and sum of squares is drawn from its limit under sampling without replacement, with the skewness of the sum.
/// Where every value that differs from the common one is kept, which holds below 256 buyers, nothing is approximated.
/// </summary>
/// <remarks>Eight permutations run in the lanes of a vector, always eight, so that every processor gives the same bits.</remarks>
internal static class PermutationLaw
{
    private const int Lanes = 8;

    /// <summary>Draws t statistics.</summary>
    /// <param name="values">Values kept one by one, both arms together.</param>
    /// <param name="rest">All other values of both arms.</param>
    /// <param name="n1">Units of the treatment arm.</param>
    /// <param name="n0">Units of the control arm.</param>
    /// <param name="count">Number of permutations.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>t statistics in ascending order.</returns>
    internal static double[] Draw(ReadOnlySpan<double> values, PowerMoments rest, long n1, long n0, int count, ulong seed)
    {
        var centre = rest.Mean;
        var deviations = new double[values.Length];
        double total = 0, squares = rest.M2;
        for (var i = 0; i < values.Length; i++)
        {
            deviations[i] = values[i] - centre;
            total += deviations[i];
            squares += deviations[i] * deviations[i];
        }

        var (random, other) = (new VectorRandom(seed), new VectorRandom(~seed));
        var normals = new SplitMix64(seed ^ 0x5DEECE66D);
        var t = new double[count];
        for (var first = 0; first < count; first += 2 * Lanes)
        {
            // Two blocks at once: each waits for its own last label, and one fills the other's wait.
            Vector512<double> slots = Vector512.Create((double)n1), slots2 = slots, sum = default, sum2 = default, square = default, square2 = default;
            double units = n1 + n0;
            foreach (var deviation in deviations)
            {
                var (left, size, squared) = (Vector512.Create(units), Vector512.Create(deviation), Vector512.Create(deviation * deviation));
                var taken = Vector512.LessThan(random.Next() * left, slots);
                var taken2 = Vector512.LessThan(other.Next() * left, slots2);
                slots -= taken & Vector512<double>.One;
                slots2 -= taken2 & Vector512<double>.One;
                sum += taken & size;
                sum2 += taken2 & size;
                square += taken & squared;
                square2 += taken2 & squared;
                units--;
            }

            Finish(t.AsSpan(first), slots, sum, square);
            Finish(t.AsSpan(Math.Min(count, first + Lanes)), slots2, sum2, square2);
        }

        Array.Sort(t);
        return t;

        void Finish(Span<double> place, Vector512<double> slots, Vector512<double> sum, Vector512<double> square)
        {
            for (var lane = 0; lane < Math.Min(Lanes, place.Length); lane++)
            {
                var (restSum, restSquare) = DrawRest(rest, slots[lane], ref normals);
                place[lane] = Statistic(n1, n0, sum[lane] + restSum, square[lane] + restSquare, total, squares);
            }
        }
    }

    private static double Statistic(double n1, double n0, double sum1, double square1, double total, double squares)
    {
        double mean1 = sum1 / n1, mean0 = (total - sum1) / n0;
        var variance1 = Math.Max(0, square1 - (n1 * mean1 * mean1)) / ((n1 - 1) * n1);
        var variance0 = Math.Max(0, squares - square1 - (n0 * mean0 * mean0)) / ((n0 - 1) * n0);
        var difference = mean1 - mean0;
        return difference == 0 ? 0 : difference / Math.Sqrt(variance1 + variance0);
    }

    // Sum and sum of squares of k values out of n, without replacement, about their mean: expectation, covariance and skewness are exact.
    private static (double Sum, double Square) DrawRest(PowerMoments rest, double k, ref SplitMix64 random)
    {
        double n = rest.Count;
        if (rest.M2 <= 0 || k <= 0)
        {
            return (0, 0);
        }

        if (k >= n)
        {
            return (0, rest.M2);
        }

        double m2 = rest.M2 / n, m3 = rest.M3 / n, m4 = rest.M4 / n;
        var factor = k * (n - k) / (n - 1);
        var skewness = n > 2 ? m3 / Math.Pow(m2, 1.5) * (n - (2 * k)) / (n - 2) / Math.Sqrt(factor) : 0;
        var (one, other) = Normals(ref random);
        var bent = one + (skewness * ((one * one) - 1) / 6);
        var sum = Math.Sqrt(m2 * factor) * bent;
        var slope = m3 / m2;
        var residual = Math.Max(0, m4 - (m2 * m2) - (slope * m3));
        return (sum, Math.Clamp((k * m2) + (slope * sum) + (Math.Sqrt(residual * factor) * other), 0, rest.M2));
    }

    private static (double One, double Other) Normals(ref SplitMix64 random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
        return (radius * cosine, radius * sine);
    }
}
