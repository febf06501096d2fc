using MathNet.Numerics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Probability that standard Brownian motion crosses an upper boundary b. With F the law of the first passage,
/// P(B_t &gt; b(t)) = ∫ P(B_t &gt; b(t) given B_s = b(s)) dF(s), as whoever is above at t has crossed before (Park and Schuurmann 1976).
/// The kernel tends to ½ at s = t, so midpoints solve it by forward substitution.
/// </summary>
internal static class FirstPassage
{
    /// <summary>Crossing probability between the first and the last node.</summary>
    /// <param name="nodes">Times, rising; a jump of the boundary must lie on a node, where the lower side counts.</param>
    /// <param name="atNodes">Boundary at each node.</param>
    /// <param name="middles">A time within each gap.</param>
    /// <param name="atMiddles">Boundary there.</param>
    internal static double Probability(double[] nodes, double[] atNodes, double[] middles, double[] atMiddles)
    {
        var mass = new double[middles.Length];
        var total = 0.0;
        for (var i = 0; i < mass.Length; i++)
        {
            double t = nodes[i + 1], b = atNodes[i + 1];
            var rest = Upper(b / Math.Sqrt(t));
            for (var j = 0; j < i; j++)
            {
                rest -= mass[j] * Upper((b - atMiddles[j]) / Math.Sqrt(t - middles[j]));
            }

            mass[i] = Math.Max(0, rest) / Upper((b - atMiddles[i]) / Math.Sqrt(t - middles[i]));
            total += mass[i];
        }

        return total;
    }

    private static double Upper(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);
}
