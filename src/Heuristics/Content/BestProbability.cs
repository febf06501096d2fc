using MathNet.Numerics.Integration;

namespace Noah.Heuristics.Content;

/// <summary>
/// P(variant i has the greatest rate) = ∫ f_i(z) Π_{j≠i} F_j(z) dz on the logit scale, by Gauss-Legendre on panels cut at every posterior's
/// own scale, so that a sharp posterior beside a wide one is not stepped over.
/// </summary>
internal static class BestProbability
{
    // With 16 points on panels of at most one standard deviation the closed form for two variants is met to 1e-9 (see the tests).
    private const int PointsPerPanel = 16;

    private const double Negligible = 1e-16;

    // Cuts in standard deviations of each posterior around its mean; the tails beyond hold less than 1e-9, also for the one-sided
    // exponential ones.
    private static readonly double[] Cuts = [-40, -25, -16, -11, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 11, 16, 25, 40];

    public static double[] Of(ReadOnlySpan<BetaPosterior> posteriors)
    {
        var probabilities = new double[posteriors.Length];
        if (posteriors.Length == 1)
        {
            probabilities[0] = 1;
            return probabilities;
        }

        var rule = new GaussLegendreRule(-1, 1, PointsPerPanel);
        var cuts = new SortedSet<double>();
        foreach (var posterior in posteriors)
        {
            foreach (var cut in Cuts)
            {
                cuts.Add(posterior.LogitMean + (cut * posterior.LogitScale));
            }
        }

        var density = new double[posteriors.Length];
        var cumulative = new double[posteriors.Length];
        var left = cuts.Min;
        foreach (var right in cuts.Skip(1))
        {
            for (var k = 0; k < PointsPerPanel; k++)
            {
                var half = (right - left) / 2;
                var z = left + (half * (1 + rule.Abscissas[k]));
                for (var i = 0; i < posteriors.Length; i++)
                {
                    density[i] = posteriors[i].LogitDensity(z);
                }

                // Far tails of every posterior: not worth the incomplete beta functions.
                if (half * density.Max() < Negligible)
                {
                    continue;
                }

                for (var i = 0; i < posteriors.Length; i++)
                {
                    cumulative[i] = posteriors[i].LogitCumulative(z);
                }

                for (var i = 0; i < posteriors.Length; i++)
                {
                    var product = half * rule.Weights[k] * density[i];
                    for (var j = 0; j < posteriors.Length && product > 0; j++)
                    {
                        product *= j == i ? 1 : cumulative[j];
                    }

                    probabilities[i] += product;
                }
            }

            left = right;
        }

        // What is left of the integration error is spread so that the probabilities sum to exactly 1.
        var total = probabilities.Sum();
        return Array.ConvertAll(probabilities, probability => probability / total);
    }
}
