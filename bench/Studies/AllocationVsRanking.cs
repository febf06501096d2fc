using Noah.Bench.Instances;
using Noah.Experimentation.OffPolicy;

namespace Noah.Bench.Studies;

/// <summary>
/// Does the LP on increments earn more than the legacy ranking by propensity, and which half of the change earns it? Four ways, as in the
/// sequel's table (noah.md §8): on worlds whose truth is known, where plans are scored by their true expected return, and off-policy on
/// the logs of men of the Open Bandit sample. Only the worlds decide: some forty clicks cannot.
/// </summary>
internal sealed class AllocationVsRanking : IStudy
{
    private const string Money = "$ per member", Share = "share";
    private const double Kept = 1e-9;

    // A millionth of a dollar a member: two plans that are the same do not pass for a gain.
    private const double LeastGain = 1e-6;

    // The engine's evaluator calls overlap weak below this: few rows then carry the estimate and its interval is too narrow.
    private static readonly double LeastEffectiveSize = new OffPolicyOptions().EffectiveSampleSizeMinimum;

    public string Name => "allocation-vs-ranking";

    public string Claim => "The LP on increments earns more per member than the legacy ranking by propensity, and keeps every bound.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        StudyParameter.Choice("source", "Where the four ways are compared.", "both", "worlds", "openbandit"),
        new("worlds", 30, 20, 1_000, "Worlds whose truth is known."),
        new("members", 5_000, 500, 100_000, "Members planned for in each world."),
        new("logged", 200_000, 5_000, 5_000_000, "Rows of each world's randomised log that fit the models; as many again correct the forecast."),
        new("organic", 1, 0, 5, "Organic buying in the worlds against the default; 0: nobody buys without a send.", Whole: false),
        new("folds", 2, 2, 20, "Folds of the open-bandit log: models of all but one plan and value that one."),
        new("mappings", 20, 2, 1_000, "Random mappings of the open-bandit items to lines, beside the stated one."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the first world and of the folds."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var source = parameters.Word("source");
        var (random, bandit) = source == "worlds" ? (null, null) : (OpenBanditLog.Read("random"), OpenBanditLog.Read("bts"));
        if (source == "openbandit" && random is null)
        {
            throw new BenchUsageException("the open-bandit logs are not on this machine; set NOAH_DATA to the folder that holds open-bandit/.");
        }

        var parts = new List<StudyResult>();
        if (source != "openbandit")
        {
            parts.Add(Worlds(parameters));
        }

        if (random is not null)
        {
            parts.Add(OpenBandit("random log", OpenBanditComparison.CrossFitted(random, parameters.Whole("folds"), parameters.Whole("seed"))));
            parts.Add(OtherMappings(parameters));
        }

        if (random is not null && bandit is not null)
        {
            parts.Add(OpenBandit("bandit log", OpenBanditComparison.Across(random, bandit)));
        }

        return new StudyResult([.. parts.SelectMany(part => part.Figures)], [.. parts.SelectMany(part => part.Targets)])
        {
            Notes =
            [
                .. source == "both" && random is null
                    ? new[] { "the open-bandit logs are not on this machine: that part was skipped; set NOAH_DATA to the folder that holds open-bandit/." }
                    : [],
                .. parts.SelectMany(part => part.Notes),
            ],
        };
    }

    private static StudyResult Worlds(StudyParameters parameters)
    {
        var worlds = Enumerable.Range(parameters.Whole("seed"), parameters.Whole("worlds"))
            .Select(seed => WorldComparison.Of(seed, parameters["organic"], parameters.Whole("members"), parameters.Whole("logged"))).ToArray();
        var contrasts = FourWays.Contrasts.Concat(FourWays.EqualRulesContrasts).ToDictionary(
            pair => pair, pair => MeanInterval.Of([.. worlds.Select(world => world.Returns[pair.First] - world.Returns[pair.Second])]));
        double Worst(string way) => worlds.Max(world => world.Plans[way].WorstViolation);
        var corrected = worlds.Where(world => world.Corrected is not null).ToArray();
        return new StudyResult(
            [
                .. FourWays.Names.Select(way => new Figure($"worlds: net return, {way}", worlds.Average(world => world.Returns[way]), Money)),
                new Figure("worlds: net return, LP at the truth", worlds.Average(world => world.LpAtTruth), Money),
                .. MeanInterval.Of([.. worlds.Select(world => world.LpAtTruth - world.QuotasAtTruth)])
                    .Figures("worlds: LP less ranking with quotas, both at the truth", Money),
                .. contrasts.SelectMany(pair => pair.Value.Figures($"worlds: {pair.Key.First} less {pair.Key.Second}", Money)),
                new Figure(
                    "worlds: in which incremental + LP is ahead",
                    Among(worlds, world => world.Returns[FourWays.Best] > world.Returns[FourWays.Legacy]),
                    Share),
                .. FourWays.Names.SelectMany(way => Volumes($"worlds: {way}", [.. worlds.Select(world => world.Plans[way].Volumes())])),
                .. FourWays.Names.Select(way => new Figure($"worlds: {way}, worst relative violation", Worst(way), "ratio")),
                .. FourWays.Names.Select(way => new Figure(
                    $"worlds: {way}, with a broken bound", Among(worlds, world => world.Plans[way].WorstViolation > Kept), Share)),
                new Figure("worlds: forecast / truth", worlds.Sum(world => world.Forecast) / worlds.Sum(world => world.Returns[FourWays.Best]), "ratio"),
                new Figure(
                    "worlds: corrected forecast / truth",
                    corrected.Sum(world => world.Corrected!.Value) / corrected.Sum(world => world.Returns[FourWays.Best]),
                    "ratio"),
                new Figure(
                    "worlds: half width of the corrected interval / truth",
                    corrected.Sum(world => (world.Corrected!.Upper - world.Corrected.Lower) / 2) / corrected.Sum(world => world.Returns[FourWays.Best]),
                    "ratio"),
                new Figure("worlds: with a truth in the corrected interval", Among(corrected, world => world.CorrectionCovers), Share),
            ],
            [
                Target.AtLeast("worlds: lower end of incremental + LP less propensity + ranking", contrasts[FourWays.Contrasts[0]].Lower, LeastGain),
                Target.AtMost("worlds: worst relative violation of an LP plan", FourWays.ByLp.Max(Worst), Kept),
            ]);
    }

    private static StudyResult OpenBandit(string log, OpenBanditComparison comparison)
    {
        var claim = FourWays.Contrasts[0];
        return new StudyResult(
            [
                new Figure($"{log}: clicks", comparison.Clicks, "clicks"),
                .. FourWays.Names.SelectMany(way =>
                    MeanInterval.Of(comparison.Estimates[way].DoublyRobust).Figures($"{log}: net return, {way}, doubly robust", Money)),
                .. Difference(claim, "IPS", estimate => estimate.Ips),
                .. Difference(claim, "self-normalised", estimate => estimate.SelfNormalized),
                .. Difference(claim, "doubly robust", estimate => estimate.DoublyRobust),
                .. FourWays.Contrasts.Skip(1).SelectMany(pair => Difference(pair, "doubly robust", estimate => estimate.DoublyRobust)),
                .. FourWays.Names.SelectMany(way => Volumes($"{log}: {way}", [comparison.Volumes[way]])),
                .. FourWays.Names.Select(way => new Figure($"{log}: {way}, effective sample size", comparison.Estimates[way].EffectiveSize, "rows")),
                .. FourWays.Names.Select(way => new Figure($"{log}: {way}, worst relative violation", comparison.WorstViolation[way], "ratio")),
            ],
            [Target.AtMost($"{log}: worst relative violation of an LP plan", FourWays.ByLp.Max(way => comparison.WorstViolation[way]), Kept)])
        {
            Notes =
            [
                .. FourWays.Names.Where(way => comparison.Volumes[way].Sum() > 0 && comparison.Estimates[way].EffectiveSize < LeastEffectiveSize)
                    .Select(way => $"{log}: too few rows agree with {way} for its intervals to be trusted (effective sample size below {StudyText.Number(LeastEffectiveSize)})."),
            ],
        };

        IEnumerable<Figure> Difference((string First, string Second) pair, string estimator, Func<IncrementalEstimate, double[]?> scores)
        {
            var name = $"{log}: {pair.First} less {pair.Second}, {estimator}";
            return scores(comparison.Estimates[pair.First]) is { } first && scores(comparison.Estimates[pair.Second]) is { } second
                ? MeanInterval.Of([.. first.Zip(second, (one, other) => one - other)]).Figures(name, Money)
                : [new Figure(name, double.NaN, Money)];
        }
    }

    /// <summary>The same clicks under other mappings: their spread is not an error, it tells what hangs on the mapping.</summary>
    private static StudyResult OtherMappings(StudyParameters parameters)
    {
        var (first, second) = FourWays.Contrasts[0];
        MeanInterval[] differences = [.. Enumerable.Range(1, parameters.Whole("mappings")).Select(mapping =>
        {
            var estimates = OpenBanditComparison
                .CrossFitted(OpenBanditLog.Read("random", mapping)!, parameters.Whole("folds"), parameters.Whole("seed")).Estimates;
            return MeanInterval.Of([.. estimates[first].DoublyRobust.Zip(estimates[second].DoublyRobust, (one, other) => one - other)]);
        })];
        var name = $"random log, other mappings: {first} less {second}";
        return new StudyResult(
            [
                new Figure($"{name}, mean", differences.Average(difference => difference.Mean), Money),
                new Figure($"{name}, least", differences.Min(difference => difference.Mean), Money),
                new Figure($"{name}, most", differences.Max(difference => difference.Mean), Money),
                new Figure($"{name}, interval above 0", differences.Average(difference => difference.Lower > 0 ? 1.0 : 0), Share),
                new Figure($"{name}, interval below 0", differences.Average(difference => difference.Upper < 0 ? 1.0 : 0), Share),
            ],
            []);
    }

    private static double Among(WorldComparison[] worlds, Func<WorldComparison, bool> holds) =>
        worlds.Length == 0 ? double.NaN : (double)worlds.Count(holds) / worlds.Length;

    private static IEnumerable<Figure> Volumes(string plan, IReadOnlyList<double[]> volumes) =>
    [
        .. ProductLine.All.Select((line, i) => new Figure($"{plan}, volume of {line.Name}", volumes.Average(volume => volume[i]), Share)),
        new Figure($"{plan}, volume of none", 1 - volumes.Average(volume => volume.Sum()), Share),
    ];
}
