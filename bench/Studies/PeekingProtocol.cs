using Noah.Bench.Instances;
using Noah.Experimentation.Sequential;
using Noah.Experimentation.Statistics;

namespace Noah.Bench.Studies;

/// <summary>
/// Spotify's protocol (MSchultzberg/SeqTestBlog, carried on by akurennoy/yeast): 500 units an arm arrive in pairs, N(1, 1) against
/// N(1 + effect, 1), one-sided 5 %, a look after every pair. The peers know the deviation, as they do there; NOAH estimates it.
/// </summary>
internal static class PeekingProtocol
{
    public const int Units = 500;
    private const double Level = 0.05;

    public static readonly double[] Effects = [0, 0.1, 0.2, 0.3];

    /// <summary>Methods: planned as it comes, for half and for twice of it; peers; the fixed test at the end.</summary>
    public static readonly string[] Methods = ["NOAH", "NOAH planned 250", "NOAH planned 1000", "GAVI 250", "GAVI 500", "GAVI 750", "mSPRT 25", "fixed"];

    /// <returns>[effects][methods]: share of runs that find treatment better at any look.</returns>
    public static double[][] Run(int runs, int seed)
    {
        double[][] criticals =
        [
            Critical(Units), Critical(Units / 2), Critical(2 * Units), Gavi(250), Gavi(500), Gavi(750), Sprt(25),
            [.. Enumerable.Range(1, Units).Select(n => n < Units ? double.PositiveInfinity : 1.6448536269514722)],
        ];
        return [.. Effects.Select((effect, e) =>
        {
            var found = new int[Methods.Length];
            Parallel.For(0, runs, run =>
            {
                var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Peek, ((long)e * runs) + run);
                var hits = Find(random, effect, criticals);
                for (var m = 0; m < hits.Length; m++)
                {
                    Interlocked.Add(ref found[m], hits[m] ? 1 : 0);
                }
            });
            return Array.ConvertAll(found, hits => (double)hits / runs);
        })];
    }

    private static bool[] Find(CounterRandom random, double effect, double[][] criticals)
    {
        var hits = new bool[criticals.Length];
        Moments treatment = default, control = default;
        for (var n = 1; n <= Units; n++)
        {
            control = control.Add(1 + random.Normal());
            treatment = treatment.Add(1 + effect + random.Normal());
            var known = (treatment.Mean - control.Mean) * Math.Sqrt(n / 2.0);
            var estimated = n < 10
                ? double.NegativeInfinity
                : known / Math.Sqrt((Math.Max(treatment.Variance!.Value, Pooled()) + Math.Max(control.Variance!.Value, Pooled())) / 2);
            for (var m = 0; m < hits.Length; m++)
            {
                hits[m] |= (m < 3 ? estimated : known) >= criticals[m][n - 1];
            }
        }

        return hits;

        // The rule of MeanSequence, written out so that one statistic serves all plans.
        double Pooled() => (treatment.M2 + control.M2) / (treatment.Count + control.Count - 2);
    }

    private static double[] Critical(int planned)
    {
        var boundary = new SequentialBoundary(Level, planned);
        return [.. Enumerable.Range(1, Units).Select(n => boundary.Critical(n))];
    }

    // Howard et al., formula 51 of version 3 of arXiv 1810.08240 in Eppo's form, two-sided at twice the level.
    private static double[] Gavi(double tuned)
    {
        const double Alpha = 2 * Level;
        var rho = tuned / (Math.Log(Math.Log(Math.E / (Alpha * Alpha))) - (2 * Math.Log(Alpha)));
        return [.. Enumerable.Range(1, Units).Select(n => Math.Sqrt((n + rho) / n * Math.Log((n + rho) / (rho * Alpha * Alpha))))];
    }

    // Netflix's always-valid F test without covariates (arXiv 2210.08589, formula 3); their z² is n/2.
    private static double[] Sprt(double phi)
    {
        const double Alpha = 2 * Level;
        return [.. Enumerable.Range(1, Units).Select(n =>
            Math.Sqrt(Math.Log((phi + (n / 2.0)) / (phi * Alpha * Alpha)) * (phi + (n / 2.0)) / (n / 2.0)))];
    }
}
