using Noah.Bench.Instances;
using Noah.Experimentation.Inference;
using Noah.Experimentation.MeanValue;

namespace Noah.Bench.Studies;

/// <summary>What happened in the runs of one cell.</summary>
internal sealed class SizeCounts
{
    private const double Level = 0.05;

    /// <summary>The tests that the engine may choose as headline, in the order of <see cref="Rejections"/>; Welch's t follows them.</summary>
    public static readonly string[] Tests = ["zero-trimmed U", "Mann-Whitney", "two-part", "proportion", "mean value"];

    // 999 resolve p to 0.001 and keep the level of a permutation test exact at 0.05.
    private const int Permutations = 999;

    public int Runs { get; private set; }

    /// <summary>[tests + Welch].</summary>
    public int[] Rejections { get; } = new int[Tests.Length + 1];

    /// <summary>[tests]: runs in which p came from a limit law.</summary>
    public int[] Asymptotic { get; } = new int[Tests.Length];

    /// <summary>Runs whose interval may decide; the last three count among them.</summary>
    public int Decided { get; private set; }

    public int DecidedCovered { get; private set; }

    public int Shipped { get; private set; }

    /// <summary>Covered, whether or not the interval may decide.</summary>
    public int Covered { get; private set; }

    public int WelchCovered { get; private set; }

    /// <summary>Zero-trimmed U significant for the treatment.</summary>
    public int RankWins { get; private set; }

    public double TypeOne(int test) => (double)Rejections[test] / Runs;

    public bool IsAsymptotic(int test) => Asymptotic[test] > 0.99 * Runs;

    /// <summary>Runs a cell on all cores; every run draws from a stream of its own, so that the counts depend on no order.</summary>
    public static SizeCounts Of(SizeCell cell, int runs, ulong seed)
    {
        var all = new SizeCounts();
        Parallel.For(0, runs, () => new SizeCounts(), (run, _, counts) =>
        {
            counts.Add(cell, seed, run);
            return counts;
        }, counts =>
        {
            lock (all)
            {
                all.Merge(counts);
            }
        });
        return all;
    }

    private void Add(SizeCell cell, ulong seed, int run)
    {
        var (treatment, control) = cell.Draw(seed, run);
        var permutation = new PermutationOptions { Permutations = Permutations, Seed = (ulong)run };
        var trimmed = ZeroTrimmedUTest.Compare(treatment, control, new() { Permutations = Permutations, Seed = (ulong)run });
        var ranks = MannWhitneyTest.Compare(treatment, control, permutation: permutation);
        var parts = TwoPartTest.Compare(treatment, control, permutation: permutation);
        var mean = MeanValueTest.Compare(ValueSummary.Of(treatment), ValueSummary.Of(control), new() { Permutations = Permutations, Seed = (ulong)run });
        var welch = WelchTest.Compare(treatment.Moments, control.Moments);
        double?[] p = [trimmed.PValue, ranks.PValue, parts.PValue, parts.Participation.PValue, mean.PValue, welch.PValue];
        for (var test = 0; test < p.Length; test++)
        {
            Rejections[test] += p[test] <= Level ? 1 : 0;
        }

        Asymptotic[0] += trimmed.Source == PValueSource.Normal ? 1 : 0;
        Asymptotic[1] += ranks.Source == PValueSource.Normal ? 1 : 0;
        Asymptotic[2] += parts.Source == PValueSource.Normal ? 1 : 0;
        Asymptotic[3] += parts.Participation.Method == ProportionMethod.PooledNormal ? 1 : 0;
        Runs++;
        RankWins += trimmed is { PValue: <= Level, Statistic: > 0 } ? 1 : 0;
        WelchCovered += welch.Interval?.Contains(cell.Truth) == true ? 1 : 0;
        var covered = mean.Interval?.Contains(cell.Truth) == true;
        Covered += covered ? 1 : 0;
        if (mean.Status == MeanValueStatus.Computed)
        {
            Decided++;
            DecidedCovered += covered ? 1 : 0;
            Shipped += mean.Interval!.Value.Lower > 0 ? 1 : 0;
        }
    }

    private void Merge(SizeCounts other)
    {
        Runs += other.Runs;
        Decided += other.Decided;
        DecidedCovered += other.DecidedCovered;
        Shipped += other.Shipped;
        Covered += other.Covered;
        WelchCovered += other.WelchCovered;
        RankWins += other.RankWins;
        for (var test = 0; test < Rejections.Length; test++)
        {
            Rejections[test] += other.Rejections[test];
        }

        for (var test = 0; test < Asymptotic.Length; test++)
        {
            Asymptotic[test] += other.Asymptotic[test];
        }
    }
}
