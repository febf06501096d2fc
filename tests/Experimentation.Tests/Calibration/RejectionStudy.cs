using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Calibration;

/// <summary>Rejection rates of all tests at a nominal level of 0.05 over seeded runs.</summary>
internal sealed record RejectionStudy(
    double Published, double Pooled, double Recommended, double MannWhitney, double TwoPart, double Proportion, double Welch, double Coverage)
{
    private static readonly ZeroTrimmedUOptions PublishedForm = new() { Form = ZeroTrimmedUForm.Published };
    private static readonly ZeroTrimmedUOptions PooledForm = new() { PermuteBelowPositives = 0 };

    public static RejectionStudy Of(
        int runs, int seed, Func<Random, ZeroInflatedSample> treatment, Func<Random, ZeroInflatedSample> control, double? superiority = null)
    {
        var random = new Random(seed);
        var hits = new int[8];
        for (var run = 0; run < runs; run++)
        {
            var one = treatment(random);
            var other = control(random);
            var recommended = ZeroTrimmedUTest.Compare(one, other, new() { Permutations = 199, Seed = (ulong)run });
            var twoPart = TwoPartTest.Compare(one, other);
            double?[] p =
            [
                ZeroTrimmedUTest.Compare(one, other, PublishedForm).PValue,
                ZeroTrimmedUTest.Compare(one, other, PooledForm).PValue,
                recommended.PValue,
                MannWhitneyTest.Compare(one, other).PValue,
                twoPart.PValue,
                twoPart.Participation.PValue,
                WelchTest.Compare(one.Moments, other.Moments).PValue,
            ];
            for (var test = 0; test < p.Length; test++)
            {
                hits[test] += p[test] <= 0.05 ? 1 : 0;
            }

            hits[7] += recommended.Interval?.Contains(superiority ?? 0.5) == true ? 1 : 0;
        }

        var rates = Array.ConvertAll(hits, hit => (double)hit / runs);
        return new RejectionStudy(rates[0], rates[1], rates[2], rates[3], rates[4], rates[5], rates[6], rates[7]);
    }

    /// <summary>Half width of four binomial standard deviations.</summary>
    public static double Slack(double rate, int runs) => 4 * Math.Sqrt(rate * (1 - rate) / runs);
}
