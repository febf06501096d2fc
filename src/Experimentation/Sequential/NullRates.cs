namespace Noah.Experimentation.Sequential;

/// <summary>
/// The pair of rates with a given difference that is closest in Kullback-Leibler divergence to a pair q, weighted by the numbers of units.
/// With it ∏ q(y) / p*(y) has expectation at most one under every pair of that difference: its logarithm is at most
/// Σ n_g (θ_g − p*_g)(q_g − p*_g) / (p*_g (1 − p*_g)), the derivative of the divergence at its minimum, which is not above 0 on a convex set
/// (Turner and Grünwald 2023, exact confidence intervals for contingency tables).
/// </summary>
internal static class NullRates
{
    internal static (double Treatment, double Control) Closest(double n1, double q1, double n0, double q0, double difference)
    {
        double low = Math.Max(0, -difference), high = Math.Min(1, 1 - difference);
        double Slope(double p0)
        {
            var p1 = p0 + difference;
            return (n1 > 0 ? n1 * (p1 - q1) / (p1 * (1 - p1)) : 0) + (n0 > 0 ? n0 * (p0 - q0) / (p0 * (1 - p0)) : 0);
        }

        // The slope rises from −∞ to ∞ where both arms have units; with one arm alone the root is that arm's rate, cut to the range.
        var start = n1 + n0 > 0 ? ((n1 * (q1 - difference)) + (n0 * q0)) / (n1 + n0) : (low + high) / 2;
        double left = low, right = high, at = Math.Clamp(start, low + (1e-9 * (high - low)), high - (1e-9 * (high - low)));
        for (var i = 0; i < 60 && right - left > 1e-15; i++)
        {
            var slope = Slope(at);
            if (slope > 0)
            {
                right = at;
            }
            else
            {
                left = at;
            }

            var p1 = at + difference;
            var curve = (n1 > 0 ? n1 * Curvature(p1, q1) : 0) + (n0 > 0 ? n0 * Curvature(at, q0) : 0);
            var next = at - (slope / curve);
            if (Math.Abs(next - at) <= 1e-14 * at)
            {
                break;
            }

            at = next > left && next < right ? next : (left + right) / 2;
        }

        return (at + difference, at);
    }

    // Second derivative of −q ln p − (1 − q) ln(1 − p).
    private static double Curvature(double p, double q) => (q / (p * p)) + ((1 - q) / ((1 - p) * (1 - p)));
}
