using Noah.Bench.Instances;

namespace Noah.Bench.Studies;

/// <summary>
/// Does the LP on increments earn more than the legacy ranking by propensity, and which half of the change earns it? Four ways, as in the
/// sequel's table (noah.md §8): on worlds whose truth is known, where plans are scored by their true expected return, and off-policy on
/// the randomised Open Bandit log of men.
/// </summary>
internal sealed class AllocationVsRanking : IStudy
{
    private const string Money = "$ per member";

    public string Name => "allocation-vs-ranking";

    public string Claim => "The LP on increments earns more per member than the legacy ranking by propensity, and keeps every bound.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        StudyParameter.Choice("source", "Where the four ways are compared.", "both", "worlds", "openbandit"),
        new("worlds", 30, 20, 1_000, "Worlds whose truth is known."),
        new("members", 5_000, 500, 100_000, "Members planned for in each world."),
        new("logged", 200_000, 5_000, 10_000_000, "Rows of each world's randomised log that the models are fitted on."),
        new("organic", 1, 0, 5, "Organic buying in the worlds against the default; 0: nobody buys without a send.", Whole: false),
        new("folds", 2, 2, 20, "Folds of the open-bandit log: fitted on all but one, valued on that one."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the first world and of the folds."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var source = parameters.Word("source");
        StudyResult worlds = source == "openbandit" ? new([], []) : Worlds(parameters);
        return worlds;
    }

    private static StudyResult Worlds(StudyParameters parameters)
    {
        // A tenth of the log's size to hold out costs a host little and is never fitted on.
        var logged = parameters.Whole("logged");
        var worlds = Enumerable.Range(parameters.Whole("seed"), parameters.Whole("worlds"))
            .Select(seed => WorldComparison.Of(seed, parameters["organic"], parameters.Whole("members"), logged, logged)).ToArray();
        var contrasts = FourWays.Contrasts.ToDictionary(
            pair => pair, pair => MeanInterval.Of([.. worlds.Select(world => world.Returns[pair.First] - world.Returns[pair.Second])]));
        var violations = FourWays.Names.ToDictionary(way => way, way => worlds.Max(world => world.Ways.Plans[way].WorstViolation));
        var lpViolation = violations.Where(pair => FourWays.IsLp(pair.Key)).Max(pair => pair.Value);
        var corrected = worlds.Where(world => world.Corrected is not null).ToArray();
        var best = FourWays.Contrasts[0];
        return new StudyResult(
            [
                .. FourWays.Names.Select(way => new Figure($"worlds: net return, {way}", worlds.Average(world => world.Returns[way]), Money)),
                new Figure("worlds: net return, LP at the truth", worlds.Average(world => world.ReturnAtTruth), Money),
                .. contrasts.SelectMany(pair => pair.Value.Figures($"worlds: {pair.Key.First} less {pair.Key.Second}", Money)),
                new Figure("worlds: in which incremental + LP is ahead", worlds.Average(world => world.Returns[best.First] > world.Returns[best.Second] ? 1.0 : 0), "share"),
                .. FourWays.Names.SelectMany(way => Volumes("worlds", way, [.. worlds.Select(world => world.Ways.Plans[way].Volumes())])),
                .. violations.Select(pair => new Figure($"worlds: worst relative violation, {pair.Key}", pair.Value, "ratio")),
                .. FourWays.Names.Select(way => new Figure(
                    $"worlds: with a broken bound, {way}", worlds.Average(world => world.Ways.Plans[way].WorstViolation > 1e-9 ? 1.0 : 0), "share")),
                new Figure("worlds: forecast / truth, incremental + LP", worlds.Sum(world => world.Forecast) / worlds.Sum(world => world.Returns[best.First]), "ratio"),
                new Figure(
                    "worlds: corrected forecast / truth", corrected.Sum(world => world.Corrected!.Value) / corrected.Sum(world => world.Returns[best.First]), "ratio"),
                new Figure(
                    "worlds: whose truth lies in the corrected interval",
                    corrected.Average(world => world.Returns[best.First] >= world.Corrected!.Lower && world.Returns[best.First] <= world.Corrected.Upper ? 1.0 : 0),
                    "share"),
            ],
            [
                Target.AtLeast("worlds: lower end of incremental + LP less propensity + ranking", contrasts[best].Lower, double.Epsilon),
                Target.AtMost("worlds: worst relative violation of the LP plans", lpViolation, 1e-9),
            ]);
    }

    private static IEnumerable<Figure> Volumes(string source, string way, IReadOnlyList<double[]> volumes) =>
    [
        .. ProductLine.All.Select((line, i) => new Figure($"{source}: volume of {line.Name}, {way}", volumes.Average(volume => volume[i]), "share")),
        new Figure($"{source}: volume of none, {way}", 1 - volumes.Average(volume => volume.Sum()), "share"),
    ];
}
