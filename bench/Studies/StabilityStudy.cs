using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Prediction.Diagnostics;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>
/// Do the bounds of linear stability bracket the truth, does the probe measure them on networks, do they foretell what descent does at a
/// trained optimum, does the watch cry before the loss is lost and only then, and what does it cost?
/// </summary>
internal sealed class StabilityStudy : IStudy
{
    private const double AboveDivergence = 10;

    public string Name => "stability";

    public string Claim => "The watch over the rate brackets the exact boundary, cries before a hot training is lost and not in ordinary ones, for 3 % of the time.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000_000, "Seed of the first instance."),
        new("runs", 20, 2, 200, "Hot and ordinary trainings."),
        new("optima", 6, 1, 50, "Trained optima from which descent goes on at four rates each."),
        new("rounds", 20, 1, 50, "Alternating timed trainings with and without the watch."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int seed = parameters.Whole("seed"), runs = parameters.Whole("runs");
        var table = Table(seed);
        var probe = Probe(seed);
        var foretold = Foretold(seed, parameters.Whole("optima"), StabilityOptimum.Matched);
        var byHeart = Foretold(seed, parameters.Whole("optima"), StabilityOptimum.ByHeart);
        var hot = Enumerable.Range(0, runs).Select(k => StabilityRuns.Hot(seed + k, k)).ToArray();
        var ordinary = Enumerable.Range(0, runs).Select(k => StabilityRuns.Ordinary(seed + k, k)).ToArray();
        var hotAdam = Enumerable.Range(0, runs / 2).Select(k => StabilityRuns.HotAdam(seed + k, k)).ToArray();
        var ordinaryDescent = Enumerable.Range(0, runs / 2).Sum(k => StabilityRuns.OrdinaryDescent(seed + k, k));
        var (adam, descent) = (Overhead(OptimizerKind.Adam, parameters), Overhead(OptimizerKind.Sgd, parameters));
        int alarmsHot = hot.Count(run => run.AlarmedInTime), lost = hot.Count(run => run.Lost);
        return new StudyResult(
            [
                new Figure("alarmsHot", alarmsHot, "runs"),
                new Figure("alarmsOrdinary", ordinary.Sum(), "alarms"),
                new Figure("bracketed", table.Bracketed, "share of 30"),
                new Figure("largest gap to the safe rate, aligned and orthogonal", table.WorstAtEnds, "relative"),
                new Figure("largest gap to the slow oracle's growth of 1", table.WorstOracle, "relative"),
                new Figure("exact over safe rate, least", table.OverSafe.Min(), "ratio"),
                new Figure("exact over safe rate, most", table.OverSafe.Max(), "ratio"),
                new Figure("exact over divergent rate, least", table.OverDivergent.Min(), "ratio"),
                new Figure("exact over divergent rate, most", table.OverDivergent.Max(), "ratio"),
                new Figure("sharpness error", probe.Sharpness, "relative"),
                new Figure("coherence error", probe.Coherence, "relative"),
                new Figure("quiet below the safe rate", foretold.QuietBelow, "share of runs"),
                new Figure("tenfold loss above the divergent rate", foretold.LostAbove, "share of runs"),
                .. foretold.ByFactor.Select(pair => new Figure($"median largest loss over the first, {pair.Name}", pair.Rise, "ratio")),
                new Figure("quiet below the safe rate, learnt by heart", byHeart.QuietBelow, "share of runs"),
                new Figure("tenfold loss above the divergent rate, learnt by heart", byHeart.LostAbove, "share of runs"),
                new Figure("hot runs that were lost without the watch", lost, "runs"),
                new Figure("hot runs that ended below their first loss with it", hot.Count(run => run.Recovered), "runs"),
                new Figure("hot Adam runs with a loss a tenth above a coin's", hotAdam.Count(run => run.Rose), $"of {hotAdam.Length} runs"),
                new Figure("hot Adam runs with an alarm by then", hotAdam.Count(run => run.Rose && run.Alarmed), "runs"),
                new Figure("alarms in ordinary momentum descent", ordinaryDescent, $"in {runs / 2} runs"),
                new Figure("overhead, Adam", adam, "share"),
                new Figure("overhead, descent", descent, "share"),
            ],
            [
                Target.AtLeast("settings bracketed", table.Bracketed, 1),
                Target.AtMost("gap to the safe rate at both ends", table.WorstAtEnds, 1e-3),
                Target.AtMost("sharpness against a dense eigensolver", probe.Sharpness, 0.02),
                Target.AtMost("coherence against explicit Hessians", probe.Coherence, 0.01),
                Target.AtLeast("runs quiet below the safe rate", foretold.QuietBelow, 1),
                Target.AtLeast("runs with a tenfold loss above the divergent rate", foretold.LostAbove, 0.9),
                Target.AtLeast("hot runs with an alarm in time", (double)alarmsHot / runs, 0.9),
                Target.AtMost("alarms in ordinary runs", ordinary.Sum(), 0),
                Target.AtMost("overhead, worse optimiser", Math.Max(adam, descent), 0.03),
            ])
        {
            Notes =
            [
                "Where rates are foretold the network's own probabilities are its labels: the theory asks that no example pulls at the optimum. Learnt by heart, on 0 and 1, none is finite.",
                "A hot run counts where the alarm came before the loss was no number or ten times the first, and where it was lost at all without the watch.",
            ],
        };
    }

    private static (double Bracketed, double WorstAtEnds, double WorstOracle, List<double> OverSafe, List<double> OverDivergent) Table(int seed)
    {
        const double Rounding = 1e-9, Near = 1e-3;
        var (bracketed, ends, oracle) = (0, 0.0, 0.0);
        var (overSafe, overDivergent) = (new List<double>(), new List<double>());
        foreach (var name in CurvatureFamily.Names)
        {
            foreach (var examples in new[] { 12, 24 })
            {
                var hessians = CurvatureFamily.Draw(name, examples, seed);
                foreach (var batch in new[] { 1, 4, 12 })
                {
                    var bounds = LinearStability.Bounds(hessians, batch);
                    var exact = LinearStability.ExactBoundary(hessians, batch);
                    overSafe.Add(exact / bounds.SafeRate);
                    overDivergent.Add(exact / bounds.DivergentRate);
                    bracketed += overSafe[^1] >= 1 - Rounding && overDivergent[^1] <= 1 + Rounding ? 1 : 0;
                    ends = name is "aligned" or "orthogonal" ? Math.Max(ends, Math.Abs(overSafe[^1] - 1)) : ends;
                    // The slow oracle's growth crosses 1 where the boundary says: interpolated between two rates beside it.
                    const int Steps = 1_500;
                    var (below, above) = (CurvatureFamily.Growth(hessians, batch, exact * (1 - Near), Steps), CurvatureFamily.Growth(hessians, batch, exact * (1 + Near), Steps));
                    oracle = Math.Max(oracle, Math.Abs(Near * (1 - 2 * (1 - below) / (above - below))));
                }
            }
        }

        return (bracketed / 30.0, ends, oracle, overSafe, overDivergent);
    }

    private static (double Sharpness, double Coherence) Probe(int seed)
    {
        const int Rows = 64;
        var task = NoisyTask.Draw(seed, 2 * Rows, 10, 0.1);
        var options = StabilityRuns.Plain(seed, [22, 10]) with { MaxEpochs = 15, BatchSize = 16, Optimizer = OptimizerKind.Adam, LearningRate = 0.01 };
        // The first rows train, so that outputs by row come first.
        var trial = OptimizerTrial.Create(task.Features, task.Actions, task.Labels, [.. Enumerable.Range(Rows, Rows)], options);
        var (sharpness, coherence) = (0.0, 0.0);
        foreach (var epochs in new[] { 1, 15 })
        {
            var weights = trial.Run(options with { MaxEpochs = epochs }).Weights;
            var quick = trial.Probe(weights, Rows, 16);
            var slow = ExplicitCurvature.Of(trial, weights, Rows);
            sharpness = Math.Max(sharpness, Math.Abs((quick?.Sharpness ?? double.NaN) / slow.Sharpness - 1));
            coherence = Math.Max(coherence, Math.Abs((quick?.Coherence ?? double.NaN) / slow.Coherence - 1));
        }

        return (sharpness, coherence);
    }

    private static (double QuietBelow, double LostAbove, IReadOnlyList<(string Name, double Rise)> ByFactor) Foretold(
        int seed, int optima, Func<int, StabilityOptimum> find)
    {
        (string Name, double Factor, bool OfSafe)[] rates =
            [("0.5 of the safe rate", 0.5, true), ("0.9 of the safe rate", 0.9, true), ("1.2 of the divergent rate", 1.2, false), ("2 of the divergent rate", 2, false)];
        var rises = rates.ToDictionary(rate => rate.Name, _ => new List<double>());
        for (var k = 0; k < optima; k++)
        {
            var optimum = find(seed + k);
            foreach (var (name, factor, ofSafe) in rates)
            {
                rises[name].Add(optimum.Rise(factor * (ofSafe ? optimum.Bounds.SafeRate : optimum.Bounds.DivergentRate)));
            }
        }

        double Share(bool ofSafe, Func<double, bool> counts) =>
            rates.Where(rate => rate.OfSafe == ofSafe).SelectMany(rate => rises[rate.Name]).Select(rise => counts(rise) ? 1.0 : 0).Average();
        return (
            Share(true, rise => rise <= AboveDivergence),
            Share(false, rise => rise > AboveDivergence),
            [.. rates.Select(rate => (rate.Name, rises[rate.Name].Order().ElementAt(optima / 2)))]);
    }

    /// <summary>Processor time with the watch over that without, less 1: least of alternating runs, on the response network as it comes.</summary>
    private static double Overhead(OptimizerKind optimizer, StudyParameters parameters)
    {
        const int Rows = 50_000;
        var stream = ClickStream.Draw(parameters.Whole("seed"), Rows + 1_000);
        var options = new ResponseOptions { Optimizer = optimizer, LearningRate = 0.005, MaxEpochs = 8, Device = ComputeDevice.Cpu };
        var trial = OptimizerTrial.Create(stream.Features, stream.Actions, stream.Labels, [.. Enumerable.Range(Rows, 1_000)], options);
        var (with, without) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round <= parameters.Whole("rounds"); round++)
        {
            var (watched, bare) = (Seconds(options), Seconds(options with { Stability = null }));
            // The first warms up.
            (with, without) = round == 0 ? (with, without) : (Math.Min(with, watched), Math.Min(without, bare));
        }

        return with / without - 1;

        double Seconds(ResponseOptions run)
        {
            var clock = new PeerClock();
            trial.Run(run);
            return clock.CpuSeconds;
        }
    }
}
