using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Prediction.Diagnostics;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>
/// Does micro-batch SAM earn its second gradient? On a small noisy table against momentum descent and against SAM, each with the radius that
/// a validation part chose for it and judged on another; on a diagonal linear network; in processor time; and on a stream of rows seen
/// once, where it should not.
/// </summary>
internal sealed class MsamStudy : IStudy
{
    private const int Trained = 2_048, HeldOut = 4_096, Width = 24, BatchSize = 128;
    private const double Flipped = 0.1, Rate = 0.05;
    private const double DiagonalRadius = 0.1;
    private const int TuningTables = 2;
    private const int DiagonalSeeds = 8, DiagonalRows = 20;

    private static readonly (int Shards, double[] Radii)[] Ways =
    [
        (0, [0]),
        (1, [0.2, 0.5, 0.8, 1.1]),
        (4, [0.2, 0.45, 0.6, 0.8]),
        (16, [0.1, 0.2, 0.26, 0.34]),
    ];

    public string Name => "msam";

    public string Claim => "Micro-batch SAM overfits a small noisy table less than momentum descent and no more than SAM, each with a radius of its own.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000_000, "Seed of the first table."),
        new("seeds", 4, 2, 50, "Tables, with consecutive seeds."),
        new("epochs", 40, 1, 1_000, "Passes over the small table."),
        new("stream", 100_000, 10_000, 10_000_000, "Rows of the stream, a fifth of them held out."),
        new("stream-seeds", 4, 2, 50, "Streams."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int[] seeds = [.. Enumerable.Range(parameters.Whole("seed"), parameters.Whole("seeds"))];
        var diagonal = Diagonal(parameters.Whole("seed"));
        var table = Table(seeds, parameters.Whole("epochs"));
        var (plain, sam, micro) = (table[0], table[1], table[^1]);
        var ratio = micro.LogLoss.Mean / plain.LogLoss.Mean;
        // Of the table's network at the engine's batch, and of the smallest network there is, whose steps are mostly calls.
        var (ofTable, ofDefault) = (TimeRatio([128, 128], 0), TimeRatio([32, 16], 2));
        var stream = Stream(parameters);
        return new StudyResult(
            [
                new Figure("logLossRatio", ratio, "ratio"),
                new Figure("logLossRatioOverSam", micro.LogLoss.Mean / sam.LogLoss.Mean, "ratio"),
                // Early stopping costs nothing: what of the gain it would have had.
                new Figure("logLossRatioOverBestEpoch", micro.LogLoss.Mean / plain.Outcomes.Average(outcome => outcome.BestEpochLoss), "ratio"),
                new Figure("sharpnessRatio", micro.Sharpness / plain.Sharpness, "ratio"),
                .. table.SelectMany(way => way.Figures()),
                .. diagonal.Medians.Select(pair => new Figure($"diagonal net, test loss of {pair.Name}", pair.Loss, "loss")),
                new Figure("diagonal net, 1-SAM at most 0.7 of descent", diagonal.Wins, "seeds of 8"),
                new Figure("timeRatio", ofTable, "ratio"),
                new Figure("timeRatioOfDefaultNetwork", ofDefault, "ratio"),
                .. stream.Gain.Figures("stream, log loss gained", "nats"),
                new Figure("stream, radius chosen", stream.Radius, "weights"),
            ],
            [
                Target.AtMost("logLossRatio", ratio, 0.75),
                Target.AtMost("log loss over tuned SAM's", micro.LogLoss.Mean / sam.LogLoss.Mean, 1),
                Target.AtMost("sharpness over momentum descent's", micro.Sharpness / plain.Sharpness, 0.6),
                Target.AtLeast("diagonal net, seeds on which 1-SAM is at most 0.7 of descent", diagonal.Wins, 7),
                Target.AtLeast("diagonal net, SAM on all rows over descent", diagonal.WholeOverDescent, 1),
                Target.AtMost("processor time of 4 shards over the base optimiser", ofTable, 2.3),
            ])
        {
            Notes = [stream.Gain.Lower > 0
                ? "On a stream of rows seen once it gained a little; whether that is worth twice the time is another question."
                : "On a stream of rows seen once: no gain."],
        };
    }

    private static (IReadOnlyList<(string Name, double Loss)> Medians, int Wins, double WholeOverDescent) Diagonal(int seed)
    {
        var nets = Enumerable.Range(seed, DiagonalSeeds).Select(s => new DiagonalNet(s)).ToArray();
        double[] Of(int shards, double radius) => [.. nets.Select(net => net.TestLoss(shards, radius))];
        double[] descent = Of(1, 0), whole = Of(1, DiagonalRadius), four = Of(4, DiagonalRadius), single = Of(DiagonalRows, DiagonalRadius);
        return (
            [("descent", Median(descent)), ("SAM", Median(whole)), ("mSAM-4", Median(four)), ("1-SAM", Median(single))],
            nets.Where((_, k) => single[k] <= 0.7 * descent[k]).Count(),
            Median(whole) / Median(descent));
    }

    private static List<Way> Table(int[] seeds, int epochs)
    {
        var trials = seeds.Select(seed =>
        {
            var task = NoisyTask.Draw(seed, Trained + HeldOut, Width, Flipped);
            return (Trial: OptimizerTrial.Create(task.Features, task.Actions, task.Labels, [.. Enumerable.Range(Trained, HeldOut)], Options(seed, epochs)), task.Labels);
        }).ToArray();
        // A radius is chosen on the first tables' validation parts, and judged on all tables' other parts.
        var ways = new List<Way>();
        foreach (var (shards, radii) in Ways)
        {
            Way Tried(double radius, Range which) => new(shards, radius, [.. Enumerable.Range(0, trials.Length).Take(which).Select(k => Outcome.Of(
                trials[k].Trial.Run(Options(seeds[k], epochs) with
                {
                    MicroBatchSam = shards == 0 ? null : new() { Shards = shards, Radius = radius },
                }),
                trials[k].Labels))]);
            var best = radii.Select(radius => Tried(radius, ..TuningTables)).MinBy(way => way.ValidationLogLoss)!;
            var rest = Tried(best.Radius, TuningTables..);
            ways.Add(best with { Outcomes = [.. best.Outcomes, .. rest.Outcomes] });
        }

        return ways;
    }

    private static ResponseOptions Options(int seed, int epochs) => new()
    {
        Seed = (ulong)seed,
        Hidden = [128, 128],
        CrossLayers = 0,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = Rate,
        Momentum = 0.9,
        WeightDecay = 0,
        MaxGradientNorm = null,
        PlateauFactor = 1,
        BatchSize = BatchSize,
        MaxEpochs = epochs,
        Stability = null,
        Device = ComputeDevice.Cpu,
    };

    /// <summary>Processor time of four shards over none, at the engine's own batch and optimiser.</summary>
    private static double TimeRatio(int[] hidden, int crossLayers)
    {
        const int Rows = 10_000, Rounds = 5;
        var stream = ClickStream.Draw(1, Rows + 1_000);
        var options = new ResponseOptions { Hidden = hidden, CrossLayers = crossLayers, MaxEpochs = 2, Stability = null, Device = ComputeDevice.Cpu };
        var trial = OptimizerTrial.Create(stream.Features, stream.Actions, stream.Labels, [.. Enumerable.Range(Rows, 1_000)], options);
        double Seconds(ResponseOptions with)
        {
            var clock = new PeerClock();
            trial.Run(with);
            return clock.CpuSeconds;
        }

        var sharded = options with { MicroBatchSam = new() { Shards = 4 } };
        Seconds(options);
        Seconds(sharded);
        var (plain, micro) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            (plain[round], micro[round]) = (Seconds(options), Seconds(sharded));
        }

        return Median(micro) / Median(plain);
    }

    /// <summary>One epoch of the default optimiser; the radius that is best on average over the streams, which favours it.</summary>
    private static (MeanInterval Gain, double Radius) Stream(StudyParameters parameters)
    {
        double[] radii = [0.01, 0.05];
        var (rows, seeds) = (parameters.Whole("stream"), parameters.Whole("stream-seeds"));
        var gains = radii.ToDictionary(radius => radius, _ => new List<double>());
        for (var k = 0; k < seeds; k++)
        {
            var stream = ClickStream.Draw(parameters.Whole("seed") + k, rows);
            int[] heldOut = [.. Enumerable.Range(rows - rows / 5, rows / 5)];
            var options = new ResponseOptions { Seed = (ulong)k, MaxEpochs = 1, Stability = null, Device = ComputeDevice.Cpu };
            var trial = OptimizerTrial.Create(stream.Features, stream.Actions, stream.Labels, heldOut, options);
            double LogLoss(ResponseOptions with) =>
                BinaryMetrics.Compute(trial.Run(with).Probabilities.AsSpan(heldOut[0]), stream.Labels.AsSpan(heldOut[0])).LogLoss;
            var plain = LogLoss(options);
            foreach (var radius in radii)
            {
                gains[radius].Add(plain - LogLoss(options with { MicroBatchSam = new() { Radius = radius } }));
            }
        }

        var best = gains.MaxBy(pair => pair.Value.Average());
        return (MeanInterval.Of(best.Value), best.Key);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Outcome(double ValidationLogLoss, double LogLoss, double Auc, double Sharpness, double TrainingLoss, double BestEpochLoss)
    {
        public static Outcome Of(TrialResult result, float[] labels)
        {
            const int Half = Trained + HeldOut / 2;
            BinaryMetrics Part(int from, int to) => BinaryMetrics.Compute(result.Probabilities.AsSpan(from..to), labels.AsSpan(from..to));
            var judged = Part(Half, Trained + HeldOut);
            return new Outcome(
                result.Diverged ? double.PositiveInfinity : Part(Trained, Half).LogLoss, judged.LogLoss, judged.Auc ?? double.NaN,
                result.Last?.Sharpness ?? double.NaN, result.Curve[^1].TrainingLoss, result.Curve.Min(point => point.ValidationLoss));
        }
    }

    private sealed record Way(int Shards, double Radius, IReadOnlyList<Outcome> Outcomes)
    {
        public double ValidationLogLoss => Outcomes.Average(outcome => outcome.ValidationLogLoss);

        public MeanInterval LogLoss => MeanInterval.Of([.. Outcomes.Select(outcome => outcome.LogLoss)]);

        public double Sharpness => Outcomes.Average(outcome => outcome.Sharpness);

        private string Title => Shards switch { 0 => "momentum descent", 1 => "SAM", _ => $"mSAM-{Shards}" };

        public IEnumerable<Figure> Figures() =>
        [
            new Figure($"{Title}, radius chosen", Radius, "weights"),
            .. LogLoss.Figures($"{Title}, log loss", "nats"),
            new Figure($"{Title}, AUC", Outcomes.Average(outcome => outcome.Auc), "share"),
            new Figure($"{Title}, sharpness", Sharpness, "nats"),
            // Flat because untrained looks the same by sharpness alone.
            new Figure($"{Title}, training loss", Outcomes.Average(outcome => outcome.TrainingLoss), "nats"),
        ];
    }
}
