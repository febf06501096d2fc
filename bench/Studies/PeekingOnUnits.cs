using Noah.Bench.Instances;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Sequential;

namespace Noah.Bench.Studies;

/// <summary>Sample ratio looked at after every hundred units of a hundred thousand, by the sequential test and by a chi-square read each time.</summary>
internal static class PeekingOnUnits
{
    private const int Units = 100_000, PerLook = 100;
    private const double Threshold = 0.05;

    /// <param name="weights">Planned weights.</param>
    /// <param name="excess">Factor of the first arm's probability.</param>
    /// <param name="runs">Number of runs.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>Share of runs with an alarm by the sequential test, and by chi-square at any look.</returns>
    public static (double Sequential, double ChiSquare) Run(double[] weights, double excess, int runs, int seed)
    {
        int sequential = 0, chiSquare = 0;
        Parallel.For(0, runs, run =>
        {
            var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Peek, (1L << 40) + run);
            double total = weights.Sum(), first = weights[0] / total * excess;
            var counts = new long[weights.Length];
            bool one = false, other = false;
            for (var unit = 1; unit <= Units; unit++)
            {
                counts[Arm(random.Uniform())]++;
                if (unit % PerLook == 0)
                {
                    one |= !one && SequentialSampleRatio.Test(counts, weights, Threshold).Verdict == SampleRatioVerdict.Mismatch;
                    other |= !other && SampleRatioMismatch.Test(counts, weights, Threshold).Verdict == SampleRatioVerdict.Mismatch;
                }
            }

            Interlocked.Add(ref sequential, one ? 1 : 0);
            Interlocked.Add(ref chiSquare, other ? 1 : 0);

            int Arm(double u)
            {
                if (u < first)
                {
                    return 0;
                }

                // The other arms share the rest as planned.
                var rest = (u - first) / (1 - first) * (total - weights[0]);
                var arm = 1;
                while (arm < weights.Length - 1 && rest >= weights[arm])
                {
                    rest -= weights[arm++];
                }

                return arm;
            }
        });
        return ((double)sequential / runs, (double)chiSquare / runs);
    }
}
