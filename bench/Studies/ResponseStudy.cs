using Noah.Bench.Instances;

namespace Noah.Bench.Studies;

/// <summary>The response network's parts, each against what it replaces: where the truth is planted, and on real logs.</summary>
internal sealed class ResponseStudy : IStudy
{
    public string Name => "response";

    public string Claim =>
        "Residual DCN finds planted interactions that an MLP misses, its isotonic layer halves Platt's calibration error, and on real logs it is not below logistic regression or the MLP.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        StudyParameter.Choice("part", "What is run.", "all", "planted", "calibration", "warm-up", "exploration", "incremental", "logs"),
        new("rows", 150_000, 5_000, 5_000_000, "Rows with planted interactions; four fifths train."),
        new("seeds", 5, 1, 100, "Worlds with planted interactions."),
        new("first-seed", 1, 1, 1_000_000, "Of the drifting streams."),
        new("rounds", 12_000, 300, 1_000_000, "Members of the bandit."),
        new("splits", 20, 2, 1_000, "Random splits of each real log."),
        StudyParameter.Flag("attention", "Whether the network on real logs has attention crosses; its default is none."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int rows = parameters.Whole("rows"), seeds = parameters.Whole("seeds"), splits = parameters.Whole("splits");
        var part = parameters.Word("part");
        bool Wanted(string name) => part == "all" || part == name;
        var results = new List<StudyResult>();
        var notes = new List<string>();
        if (Wanted("planted"))
        {
            results.Add(ResponseOnPlanted.Run(rows, seeds));
        }
        if (Wanted("calibration"))
        {
            results.Add(ResponseCalibration.Run(rows));
        }
        if (Wanted("warm-up"))
        {
            results.Add(ResponseOnPlanted.WarmUp(rows, seeds));
        }
        if (Wanted("exploration"))
        {
            results.Add(ResponseExploration.Run(parameters.Whole("rounds"), seeds));
        }
        if (Wanted("incremental"))
        {
            results.Add(ResponseIncremental.Run(parameters.Whole("first-seed"), seeds));
        }
        foreach (var read in Wanted("logs") ? new[] { ResponseLog.BankMarketing, ResponseLog.HillstromVisit } : [])
        {
            if (read() is { } log)
            {
                results.Add(ResponseOnLogs.Run(log, splits, parameters.Flag("attention")));
            }
            else
            {
                notes.Add("A real log is not on this machine (NOAH_DATA, or ../shared/data): that part was skipped.");
            }
        }
        return new StudyResult([.. results.SelectMany(result => result.Figures)], [.. results.SelectMany(result => result.Targets)]) { Notes = notes };
    }
}
