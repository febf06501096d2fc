using System.Diagnostics;
using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Experimentation.Inference;
using Noah.Experimentation.MeanValue;
using Noah.Experimentation.Statistics;

namespace Noah.Bench.Studies;

/// <summary>All tests of one metric on rows of both arms, beside one Mann-Whitney test of scipy on the same rows, and a stream that is never
/// held.</summary>
internal sealed class InferenceSpeed : IChildStudy
{
    private const int Rounds = 7, PeerRounds = 3, Chunk = 1 << 16;
    private const double BuyerShare = 0.05, LogMean = 3, LogDeviation = 1.5, LimitSeconds = 600;

    public string Name => "inference-speed";

    public string Claim =>
        "All tests of one metric on 1,000,000 rows an arm take a twentieth of one Mann-Whitney test of scipy; 10,000,000 rows an arm stream in less than 500 MB.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("rows", 1_000_000, 10_000, 10_000_000, "Rows an arm in the comparison."),
        new("streamed", 10_000_000, 100_000, 1_000_000_000, "Rows an arm of the stream."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the rows."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var rows = parameters.Whole("rows");
        double[] treatment = Rows(parameters.Whole("seed"), 0, rows), control = Rows(parameters.Whole("seed"), 1, rows);
        var before = ScipyPeer.MannWhitney(treatment, control, PeerRounds);
        var (own, p) = Own(treatment, control);
        var after = ScipyPeer.MannWhitney(treatment, control, PeerRounds);
        var stream = ChildCall.Ask<StreamReport>("noah", this, parameters, LimitSeconds)
            ?? throw new InvalidOperationException("The child that streams failed.");
        var peer = before is null || after is null ? double.NaN : Math.Min(before.Seconds, after.Seconds);
        return new StudyResult(
            [
                new("speedupOverScipy", peer / own, "ratio"),
                new("rowsPerSecond", 2.0 * rows / own, "rows/s"),
                new("all tests of one metric", own, "s"),
                new("scipy's Mann-Whitney alone", peer, "s"),
                new("p of both, relative difference", before is null ? double.NaN : Math.Abs((p / before.PValue) - 1), "share"),
                new("streamedRowsPerSecond", stream.RowsPerSecond, "rows/s"),
                new("peakMegabytes", stream.PeakMegabytes, "MB"),
            ],
            [
                Target.AtLeast("speed of all tests over scipy's Mann-Whitney", peer / own, 20),
                Target.AtMost("Mann-Whitney p, relative difference to scipy's", before is null ? double.NaN : Math.Abs((p / before.PValue) - 1), 1e-9),
                Target.AtMost("peak resident memory of the process that streams, MB", stream.PeakMegabytes, 500),
            ])
        {
            Notes =
            [
                $"{StudyText.Number(100 * BuyerShare)} % of the rows are buyers. Tests: mean value with 1,999 permutations, Welch, log1p Welch, proportion, Mann-Whitney, zero-trimmed U, two-part, from raw rows. "
                    + "NOAH's is the median of 7 rounds, both arms on a core each until they meet; scipy's the faster of two medians of 3, before and after, on one.",
                $"scipy {before?.Version ?? "is not installed"}. Drawing the rows counts neither in time nor, beyond 512 KB, in memory.",
            ],
        };
    }

    public object RunChild(string role, StudyParameters parameters)
    {
        var (one, other) = (new AmountAccumulator(), new AmountAccumulator());
        var (clock, chunk) = (new Stopwatch(), new double[Chunk]);
        var rows = (long)parameters["streamed"];
        for (var arm = 0; arm < 2; arm++)
        {
            for (long from = 0; from < rows; from += Chunk)
            {
                var part = chunk.AsSpan(0, (int)Math.Min(Chunk, rows - from));
                Fill(part, parameters.Whole("seed"), arm, from);
                clock.Start();
                (arm == 0 ? one : other).Add(part);
                clock.Stop();
            }
        }
        clock.Start();
        if (!one.TryGetSample(out var treatment) || !other.TryGetSample(out var control))
        {
            throw new InvalidOperationException("A stream of amounts has a problem.");
        }
        Tests(treatment, control, one.Values, other.Values);
        clock.Stop();
        return new StreamReport(2 * rows / clock.Elapsed.TotalSeconds, PeerClock.PeakRssMb() * 1.048576);
    }

    private static (double Seconds, double PValue) Own(double[] treatment, double[] control)
    {
        var (seconds, p) = (new double[Rounds], 0.0);
        for (var round = -1; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            ZeroInflatedSample? one = null, other = null;
            Parallel.Invoke(() => one = ZeroInflatedSample.FromValues(treatment), () => other = ZeroInflatedSample.FromValues(control));
            p = Tests(one!, other!, ValueSummary.Of(one!), ValueSummary.Of(other!));
            if (round >= 0)
            {
                seconds[round] = clock.Elapsed.TotalSeconds;
            }
        }
        Array.Sort(seconds);
        return (seconds[Rounds / 2], p);
    }

    private static double Tests(ZeroInflatedSample treatment, ZeroInflatedSample control, ValueSummary value1, ValueSummary value0)
    {
        MeanValueTest.Compare(value1, value0);
        WelchTest.Compare(treatment.Moments, control.Moments);
        LogWelchTest.Compare(treatment, control);
        ZeroTrimmedUTest.Compare(treatment, control);
        TwoPartTest.Compare(treatment, control);
        return MannWhitneyTest.Compare(treatment, control).PValue!.Value;
    }

    private static double[] Rows(int seed, int arm, int count)
    {
        var rows = new double[count];
        for (var from = 0; from < count; from += Chunk)
        {
            Fill(rows.AsSpan(from, Math.Min(Chunk, count - from)), seed, arm, from);
        }
        return rows;
    }

    private static void Fill(Span<double> rows, int seed, int arm, long from)
    {
        var random = new CounterRandom((ulong)seed + ((ulong)arm << 32), CounterRandom.Stream.Experiment, from);
        foreach (ref var row in rows)
        {
            row = random.Uniform() < BuyerShare ? random.LogNormal(LogMean, LogDeviation) : 0;
        }
    }

    private sealed record StreamReport(double RowsPerSecond, double PeakMegabytes);
}
