using Noah.Bench.Instances;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Sequential;

namespace Noah.Bench.Studies;

/// <summary>Rare, heavy-tailed and lopsided experiments, looked at a hundred times up to twice the planned number, two-sided at 5 %.</summary>
internal static class PeekingOnAmounts
{
    private const int PerPlan = 50, Batches = 100;

    public static readonly PeekedAmounts[] Designs =
    [
        new("20k/20k at 1 %", 20_000, 20_000, 0.01, MeanLogNormal(3, 1.5), random => random.LogNormal(3, 1.5)),
        new("36k/4k at 1 %", 36_000, 4_000, 0.01, MeanLogNormal(3, 1.5), random => random.LogNormal(3, 1.5)),
        new("4k/36k at 1 %", 4_000, 36_000, 0.01, MeanLogNormal(3, 1.5), random => random.LogNormal(3, 1.5)),
        new("36k/4k at 0.1 %", 36_000, 4_000, 0.001, MeanLogNormal(3, 1.5), random => random.LogNormal(3, 1.5)),
        new("5k/5k at 20 %, sigma 2.5", 5_000, 5_000, 0.2, MeanLogNormal(0, 2.5), random => random.LogNormal(0, 2.5)),
        new("9k/1k at 20 %, sigma 2.5", 9_000, 1_000, 0.2, MeanLogNormal(0, 2.5), random => random.LogNormal(0, 2.5)),
        new("18k/2k at 5 %, Pareto 2", 18_000, 2_000, 0.05, 2, random => Math.Pow(1 - random.Uniform(), -0.5)),
        new("36k/4k at 2 %, three prices", 36_000, 4_000, 0.02, 80.0 / 3, random => random.Index(3) switch { 0 => 10, 1 => 20, _ => 50 }),
    ];

    /// <summary>Shares of runs that find a difference at any look by mean, zero-trimmed U, rates, and by Welch's p below 5 % at any look; then
    /// the share that would find one by the zero-trimmed U read once at the planned number.</summary>
    public static Shares Run(PeekedAmounts design, double lift, int runs, int seed, double skewness)
    {
        var plan = new SequentialPlan(design.Treatment, design.Control, skewnessLimit: skewness);
        var truth = design.Truth(lift);
        int missed = 0, mean = 0, ranks = 0, rates = 0, welch = 0, once = 0, planned = 0, opened = 0;
        Parallel.For(0, runs, run =>
        {
            bool lost = false, byMean = false, byRanks = false, byRates = false, byWelch = false, open = false;
            var batches = new List<ProportionBatch>();
            foreach (var (treatment, control, batch) in design.Draw(Batches, PerPlan, lift, ((ulong)seed << 32) + (ulong)run))
            {
                batches.Add(batch);
                var look = MeanSequence.Look(treatment, control, plan);
                open |= look.Status == SequentialStatus.Open;
                byMean |= look.Decides;
                lost |= look.Interval is { } interval && !interval.Contains(truth);
                byRanks |= ZeroTrimmedSequence.Look(treatment, control, plan).Decides;
                byWelch |= WelchTest.Compare(treatment.Moments, control.Moments).PValue < 0.05;
                if (batches.Count == PerPlan)
                {
                    Interlocked.Add(ref once, ZeroTrimmedUTest.Compare(treatment, control, OnceOptions).PValue < 0.05 ? 1 : 0);
                    Interlocked.Add(ref planned, byRanks ? 1 : 0);
                }
            }

            byRates = ProportionSequence.PValues(batches.ToArray(), plan).Any(p => p <= 0.05);
            Interlocked.Add(ref missed, lost ? 1 : 0);

            Interlocked.Add(ref mean, byMean ? 1 : 0);
            Interlocked.Add(ref ranks, byRanks ? 1 : 0);
            Interlocked.Add(ref rates, byRates ? 1 : 0);
            Interlocked.Add(ref welch, byWelch ? 1 : 0);
            Interlocked.Add(ref opened, open ? 1 : 0);
        });
        return new Shares(
            Of(mean), Of(ranks), Of(rates), Of(welch), Of(once), Of(planned), Of(opened), Of(missed));

        double Of(int hits) => (double)hits / runs;
    }

    private static double MeanLogNormal(double mean, double deviation) => Math.Exp(mean + (deviation * deviation / 2));

    private static readonly ZeroTrimmedUOptions OnceOptions = new() { PermuteBelowPositives = 0 };

    /// <param name="Mean">By the mean sequence.</param>
    /// <param name="Ranks">By the zero-trimmed sequence.</param>
    /// <param name="Rates">By the exact sequence of rates.</param>
    /// <param name="PeekedWelch">By Welch's test read at every look.</param>
    /// <param name="RanksOnce">By the zero-trimmed U read once, at the planned number.</param>
    /// <param name="RanksByPlan">By the zero-trimmed sequence up to the planned number.</param>
    /// <param name="MeanOpened">Runs in which the mean was shown at any look.</param>
    /// <param name="MeanMissed">Runs in which an interval of the mean missed the truth at any look.</param>
    public sealed record Shares(
        double Mean, double Ranks, double Rates, double PeekedWelch, double RanksOnce, double RanksByPlan, double MeanOpened, double MeanMissed);
}
