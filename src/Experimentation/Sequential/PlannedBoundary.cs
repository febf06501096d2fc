using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// The one-sided boundary b(v) = min(c √V for v ≤ V, mixture(v) for all v) for a Brownian score at information v, with V planned.
/// The constant is the most powerful simple bound up to V (at v = V it is c standard errors); the mixture keeps the test alive when the
/// plan was wrong, before V and for ever after it. Four fifths of α go to the mixture, tuned for V/2, and c is the smallest that keeps the
/// probability of ever crossing at α by numeric integration; Brownian scaling makes c a function of α alone.
/// </summary>
/// <remarks>
/// Why four fifths: with 500 units an arm at α = 0.05 and 0.2 standard deviations (Spotify's protocol) power is 0.87 as planned, 0.75
/// with half and 0.74 with twice the planned number, against 0.77 of a mixture alone; with two fifths 0.91, 0.74 and 0.69.
/// After H = 100 V the crossing probability is bounded: P(ever) ≤ F_b(H) + α_m − F_m(H), as the mixture alone crosses with
/// probability α_m in all.
/// </remarks>
internal static class PlannedBoundary
{
    /// <summary>Share of α that the mixture gets before the overlap of both parts is taken out.</summary>
    internal const double MixtureShare = 0.8;

    /// <summary>Beyond this constant levels are below 1e-15 and the union bound serves.</summary>
    internal const double GreatestConstant = 8;

    // Tuned so that the mixture is lowest near V/2 for α = 0.025.
    private const double MixtureScale = 1.0 / 16;

    // Before 1e-3 V the boundary is beyond 15 standard errors.
    private const double Earliest = 1e-3, Latest = 100;
    private const int Nodes = 120;

    private const double LeastConstant = 0.6, TableStep = 0.4;

    private static readonly double[] Grid = [.. Geometric(Earliest, 1, Nodes).Concat(Geometric(1, Latest, Nodes).Skip(1))];

    private static readonly double[] Middles = [.. Grid.Zip(Grid.Skip(1), (a, b) => Math.Sqrt(a * b))];

    // log(α / P(max > c)) on a grid of c, between 0 (the constant alone) and log 5 (the union bound). One integration serves the process.
    private static readonly Lazy<double[]> Table = new(() =>
        [.. Enumerable.Range(0, 21).Select(i => Math.Log(Integrated(LeastConstant + (i * TableStep)) / LevyTail(LeastConstant + (i * TableStep))))]);

    /// <summary>The mixture's height at v, in units where V = 1.</summary>
    internal static double Mixture(double v, double alpha) => HalfNormalMixture.Height(v, MixtureShare * alpha, MixtureScale);

    /// <summary>Smallest level at which the mixture alone finds the score significant.</summary>
    internal static double MixtureLevel(double score, double v) =>
        Math.Exp(-HalfNormalMixture.LogValue(score, v, MixtureScale)) / MixtureShare;

    /// <summary>The level whose constant is c; 1 below 0.6, where no level under ½ has its constant.</summary>
    internal static double Level(double c)
    {
        if (c < LeastConstant)
        {
            return 1;
        }

        if (c > GreatestConstant)
        {
            return Math.Min(1, LevyTail(c) / (1 - MixtureShare));
        }

        // Cubic through the four nearest nodes.
        var table = Table.Value;
        var at = (c - LeastConstant) / TableStep;
        var first = Math.Clamp((int)at - 1, 0, table.Length - 4);
        var ratio = 0.0;
        for (var i = 0; i < 4; i++)
        {
            var term = table[first + i];
            for (var j = 0; j < 4; j++)
            {
                term *= i == j ? 1 : (at - first - j) / (i - j);
            }

            ratio += term;
        }

        return Math.Min(1, LevyTail(c) * Math.Exp(ratio));
    }

    /// <summary>The constant for a level: the inverse of <see cref="Level"/>.</summary>
    internal static double Constant(double alpha)
    {
        double low = LeastConstant, high = -Tails.NormalQuantile(alpha * (1 - MixtureShare) / 2) + 1e-9;
        for (var i = 0; i < 100 && high - low > 1e-14 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Level(middle) > alpha ? (middle, high) : (low, middle);
        }

        return high;
    }

    // The α at which the probability of crossing with constant c is α, by the Illinois rule on its logarithm.
    private static double Integrated(double c)
    {
        double low = Math.Log(LevyTail(c)), high = Math.Min(Math.Log(LevyTail(c) / (1 - MixtureShare)), 0);
        double atLow = Excess(c, low), atHigh = Excess(c, high), edge = atHigh;
        for (var i = 0; i < 60 && high - low > 1e-9 && Math.Abs(edge) > 1e-9; i++)
        {
            var next = ((low * atHigh) - (high * atLow)) / (atHigh - atLow);
            next = next > low && next < high ? next : (low + high) / 2;
            var value = Excess(c, next);
            if (value > 0)
            {
                (low, atLow, atHigh) = (next, value, atHigh / 2);
            }
            else
            {
                (high, atHigh, edge, atLow) = (next, value, value, atLow / 2);
            }
        }

        return Math.Exp(high);
    }

    // Bound of the probability of ever crossing over α, minus one.
    private static double Excess(double c, double logAlpha)
    {
        var alpha = Math.Exp(logAlpha);
        var nodes = Array.ConvertAll(Grid, v => Mixture(v, alpha));
        var middles = Array.ConvertAll(Middles, v => Mixture(v, alpha));
        var mixture = FirstPassage.Probability(Grid, nodes, Middles, middles);
        double[] Capped(double[] times, double[] heights) => [.. heights.Select((height, i) => times[i] <= 1 ? Math.Min(c, height) : height)];
        var both = FirstPassage.Probability(Grid, Capped(Grid, nodes), Middles, Capped(Middles, middles));
        return ((both - mixture) / alpha) + MixtureShare - 1;
    }

    private static double LevyTail(double c) => Tails.NormalTwoSided(c);

    private static IEnumerable<double> Geometric(double first, double last, int count) =>
        Enumerable.Range(0, count + 1).Select(i => i == count ? last : first * Math.Pow(last / first, (double)i / count));
}
