using Noah.Bench.Instances;
using Noah.Bench.Peers;

namespace Noah.Bench.Studies;

/// <summary>
/// Budget allocation at population scale. Every solver runs in a process of its own on an instance that it draws itself from the same parameters;
/// this process only asks and compares. NOAH's time ends with the certified integral allocation, a peer's with its solve.
/// </summary>
internal sealed class AllocationStudy : IChildStudy
{
    private const int Ten = 10;
    private const int LeastMembers = 1_000;
    private const int FirstOfGrowth = 10_000;
    private const int GlopFits = 100_000;
    private const double NoahLimitSeconds = 3_600;

    public string Name => "allocation";

    public string Claim => "A certified integral allocation of campaigns to members under budgets, 40 to 100 times as fast as PDLP at 1e-4 and 60 times as GLOP.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("members", 100_000, LeastMembers, 10_000_000, "Members."),
        new("campaigns", 30, 2, 1_000, "Campaigns."),
        new("edges", 8, 1, 100, "Campaigns a member is eligible for."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the first instance."),
        new("seeds", 1, 1, 100, "Instances, with consecutive seeds; the worst gap counts. Peers see the first."),
        StudyParameter.Choice("budgets", "Budgets over demand.", "normal", "tight", "loose"),
        new("tightness", 0.15, 0.01, 1, "Mean of tight budgets over demand.", Whole: false),
        new("skew", 1.2, 0, 3, "Standard deviation of the logarithm of a member's worth.", Whole: false),
        StudyParameter.Flag("skewed-costs", "Log-normal costs."),
        new("negative", 0, 0, 0.9, "Share of edges with a negative value.", Whole: false),
        StudyParameter.Flag("bands", "100 rows with lower bounds, 3 channels with caps, and at most 3 actions a member, whatever --budgets says."),
        StudyParameter.Flag("warm", "Then values and budgets move by up to 5 % and the program is solved again, from zero prices, from a sample and from the prices of before."),
        StudyParameter.Choice("solver", "NOAH's solver.", NoahSolver.Words),
        new("block", 0, 0, 1_000_000, "Members a block of the partition; 0 for its default."),
        StudyParameter.Choice("versus", "Peers; both leaves out GLOP above 100,000 members.", "none", "pdlp", "glop", "both"),
        new("peer-limit", 900, 1, 100_000, "Seconds that a peer gets."),
        new("rounds", 5, 1, 50, "Timed runs of NOAH after a cold one and some to warm up; the median counts."),
        StudyParameter.Flag("growth", "Also 10,000 members, 100,000 and so on up to --members."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        if (parameters["edges"] > parameters["campaigns"])
        {
            throw new BenchUsageException("--edges must be at most --campaigns.");
        }

        var smaller = Smaller(parameters).Select(members => (Members: members, Report: Ask(parameters.With("members", members)))).ToArray();
        var seeds = Enumerable.Range(0, parameters.Whole("seeds")).Select(k => Ask(parameters.With("seed", parameters["seed"] + k))).ToArray();
        var noah = NoahFigures.Worst(seeds);
        var peers = new PeerRuns(this, parameters, Versus(parameters), noah);
        var exactRatio = seeds[0].Objective / peers.Optimum("glop");
        var members = parameters["members"];
        var tenth = smaller.Where(run => run.Members * Ten == members).Select(run => run.Report.WallSeconds).DefaultIfEmpty(double.NaN).Single();

        List<Figure> figures = [.. NoahFigures.Of(noah, seeds[0]), .. peers.Figures()];
        if (peers.Has("glop"))
        {
            figures.Add(new Figure("exactRatio", exactRatio, "ratio"));
        }

        if (noah is { MovedCold: not null, MovedSampled: not null, MovedWarm: not null })
        {
            figures.AddRange(NoahFigures.Moved(noah.MovedCold, noah.MovedSampled, noah.MovedWarm));
        }

        foreach (var (count, report) in smaller)
        {
            figures.AddRange(NoahFigures.Growth(count, report));
        }

        if (double.IsFinite(tenth))
        {
            figures.Add(new Figure("timesTenthOfMembers", noah.WallSeconds / tenth, "ratio"));
        }

        return new StudyResult(figures, AllocationTargets.Of(parameters, noah, peers, noah.WallSeconds / tenth));
    }

    public object RunChild(string role, StudyParameters parameters)
    {
        var building = new PeerClock();
        var instance = AllocationInstance.Draw(Spec(parameters));
        var program = instance.Build();
        if (role != "noah")
        {
            return PeerRuns.Of(role).Solve(program, parameters["peer-limit"]);
        }

        var buildSeconds = building.WallSeconds;
        var solver = NoahSolver.Of(parameters.Word("solver"), parameters.Whole("block"));
        var (seed, rounds) = ((ulong)parameters["seed"], parameters.Whole("rounds"));
        var (report, prices) = NoahRun.Time(program, solver, seed, rounds);
        report = report with { BuildSeconds = buildSeconds };
        if (!parameters.Flag("warm") || prices is null)
        {
            return report;
        }

        var moved = instance.Moved().Build();
        return report with
        {
            MovedCold = NoahRun.Time(moved, NoahSolver.FromNothing, seed, rounds).Report,
            MovedSampled = NoahRun.Time(moved, solver, seed, rounds).Report,
            MovedWarm = NoahRun.Time(moved, solver, seed, rounds, prices).Report,
        };
    }

    private static AllocationSpec Spec(StudyParameters parameters) => new(
        parameters.Whole("members"),
        parameters.Whole("campaigns"),
        parameters.Whole("edges"),
        (ulong)parameters["seed"],
        Enum.Parse<BudgetSize>(parameters.Word("budgets"), ignoreCase: true),
        parameters["tightness"],
        parameters["skew"],
        parameters.Flag("skewed-costs"),
        parameters["negative"],
        parameters.Flag("bands"));

    // The largest size is also set against a tenth of it.
    private static IEnumerable<int> Smaller(StudyParameters parameters)
    {
        var members = parameters.Whole("members");
        if (!parameters.Flag("growth"))
        {
            return members >= AllocationTargets.Largest ? [members / Ten] : [];
        }

        return Enumerable.Range(0, 4).Select(power => FirstOfGrowth * (int)Math.Pow(Ten, power)).Where(size => size < members);
    }

    private static IEnumerable<string> Versus(StudyParameters parameters) => parameters.Word("versus") switch
    {
        "none" => [],
        "both" => parameters["members"] <= GlopFits ? ["pdlp", "glop"] : ["pdlp"],
        var one => [one],
    };

    private NoahReport Ask(StudyParameters parameters) =>
        ChildCall.Ask<NoahReport>("noah", this, parameters, NoahLimitSeconds) ?? new NoahReport { Status = "Failed" };
}
