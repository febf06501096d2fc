using Noah.Bench.Instances;
using Noah.Bench.Peers;

namespace Noah.Bench.Studies;

/// <summary>
/// As many coupling rows as destinations: the benchmark of DuaLip. The fractional feasible point is what counts here, the integral one stands beside
/// it: with thousands of binding rows thousands of sources are fractional at the optimum. Processes as in <see cref="AllocationStudy"/>.
/// </summary>
internal sealed class AllocationMatching : IChildStudy
{
    private const double NoahLimitSeconds = 3_600;

    public string Name => "allocation-matching";

    public string Claim => "DuaLip's matching benchmark within 1e-3 of the certified bound, twice as fast as PDLP at 1e-4 and 20 times as HiGHS' interior point.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("sources", 100_000, 100, 25_000_000, "Units."),
        new("destinations", 10_000, 10, 100_000, "Actions with a capacity each."),
        new("density", 0.001, 1e-6, 1, "Expected share of the pairs that are edges.", Whole: false),
        new("seed", 42, 0, 1_000_000_000, "Seed of the instance."),
        StudyParameter.Choice("solver", "NOAH's solver.", NoahSolver.Words),
        new("block", 0, 0, 1_000_000, "Sources a block of the partition; 0 for its default."),
        StudyParameter.Choice("versus", "Peers; both is PDLP and HiGHS' interior point without crossover.", "none", "pdlp", "highs-ipm", "highs-ipm-crossover", "glop", "both"),
        new("peer-limit", 900, 1, 100_000, "Seconds that a peer gets."),
        new("rounds", 5, 1, 50, "Timed runs of NOAH after a cold one and some to warm up; the median counts."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var noah = ChildCall.Ask<NoahReport>("noah", this, parameters, NoahLimitSeconds) ?? new NoahReport { Status = "Failed" };
        string[] versus = parameters.Word("versus") switch { "none" => [], "both" => ["pdlp", "highs-ipm"], var one => [one] };

        // The names are those of the other study: there the integral allocation is the answer, here the fractional one with its certificate.
        var fractional = noah with
        {
            Objective = noah.FractionalObjective,
            RelativeGap = noah.FractionalGap,
            MaxRelativeViolation = noah.FractionalViolation,
            WallSeconds = noah.SolverSeconds,
            WallSecondsCold = noah.SolverSecondsCold,
            CpuSeconds = noah.SolverCpuSeconds,
        };
        var peers = new PeerRuns(this, parameters, versus, fractional);
        List<Figure> figures =
        [
            .. NoahFigures.Of(fractional, fractional).Where(figure => figure.Name is not ("fractionalGap" or "solverSeconds")),
            new Figure("integralObjective", noah.Objective, "value"),
            new Figure("integralGap", noah.RelativeGap, "ratio"),
            new Figure("integralViolation", noah.MaxRelativeViolation, "of the bound"),
            new Figure("integralSeconds", noah.WallSeconds - noah.SolverSeconds, "s, not counted"),
            .. peers.Figures(),
        ];
        List<Target> targets =
        [
            Target.AtMost("relativeGap", fractional.RelativeGap, 1e-3), Target.AtMost("maxRelativeViolation", fractional.MaxRelativeViolation, 1e-9),
        ];
        if (versus.FirstOrDefault(peer => peer != "pdlp") is { } exact)
        {
            figures.Add(new Figure("exactRatio", fractional.Objective / peers.Optimum(exact), "ratio"));
        }

        if (peers.Has("pdlp"))
        {
            targets.Add(Target.AtLeast("speedupOverPdlp", peers.Speedup("pdlp"), 2));
        }

        if (peers.Has("highs-ipm"))
        {
            targets.Add(Target.AtLeast("speedupOverHighsIpm", peers.Speedup("highs-ipm"), 20));
        }

        return new StudyResult(figures, targets);
    }

    public object RunChild(string role, StudyParameters parameters)
    {
        var building = new PeerClock();
        var program = MatchingInstance.Draw(
            new MatchingSpec(parameters.Whole("sources"), parameters.Whole("destinations"), parameters["density"], (ulong)parameters["seed"]));
        if (role != "noah")
        {
            return PeerRuns.Of(role).Solve(program, parameters["peer-limit"]);
        }

        var buildSeconds = building.WallSeconds;
        var solver = NoahSolver.Of(parameters.Word("solver"), parameters.Whole("block"));
        var (report, _) = NoahRun.Time(program, solver, (ulong)parameters["seed"], parameters.Whole("rounds"));
        return report with { BuildSeconds = buildSeconds };
    }
}
