namespace Noah.Bench.Peers;

/// <summary>Runs peers one after another, each in a child, and sets their time against NOAH's.</summary>
internal sealed class PeerRuns
{
    // Drawing the instance, building the model and a solver that is late to look at its clock.
    private const double Grace = 600;
    private readonly Dictionary<string, PeerReport?> _reports = [];
    private readonly NoahReport _noah;

    public PeerRuns(IStudy study, StudyParameters parameters, IEnumerable<string> peers, NoahReport noah)
    {
        _noah = noah;
        foreach (var peer in peers)
        {
            _reports[peer] = ChildCall.Ask<PeerReport>(peer, study, parameters, 2 * parameters["peer-limit"] + Grace);
        }
    }

    public static IPeer Of(string name) => name switch
    {
        "pdlp" => OrToolsPeer.Pdlp,
        "glop" => OrToolsPeer.Glop,
        "highs-ipm" => new HighsPeer(crossover: false),
        "highs-ipm-crossover" => new HighsPeer(crossover: true),
        _ => throw new BenchUsageException($"there is no peer '{name}'."),
    };

    public bool Has(string peer) => _reports.ContainsKey(peer);

    /// <summary>Its solve over NOAH's whole time; of a peer that ran out of time a lower bound; NaN if it failed.</summary>
    public double Speedup(string peer) => (_reports[peer]?.SolveSeconds ?? double.NaN) / _noah.WallSeconds;

    /// <summary>The optimum by a peer that is exact and was done.</summary>
    public double Optimum(string peer) => _reports.GetValueOrDefault(peer) is { Finished: true } report ? report.Objective : double.NaN;

    public IEnumerable<Figure> Figures() => _reports.SelectMany(pair => Figures(pair.Key, pair.Value));

    /// <summary>"highs-ipm" as it is in the name of a figure.</summary>
    public static string Pascal(string peer) => string.Concat(peer.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private IEnumerable<Figure> Figures(string peer, PeerReport? report)
    {
        var name = Pascal(peer) is var pascal ? char.ToLowerInvariant(pascal[0]) + pascal[1..] : peer;
        return
        [
            new Figure("speedupOver" + Pascal(peer), Speedup(peer), "ratio"),
            new Figure("processorTimeRatioOver" + Pascal(peer), (report?.CpuSeconds ?? double.NaN) / _noah.CpuSeconds, "ratio, steadier on a busy machine"),
            new Figure(name + "Finished", report?.Finished == true ? 1 : 0, "1 if it stopped by itself with an answer"),
            new Figure(name + "SolveSeconds", report?.SolveSeconds ?? double.NaN, "s"),
            new Figure(name + "CpuSeconds", report?.CpuSeconds ?? double.NaN, "s"),
            new Figure(name + "BuildSeconds", report?.BuildSeconds ?? double.NaN, "s, not counted"),
            new Figure(name + "PeakRssMb", report?.PeakRssMb ?? double.NaN, "MiB"),
            new Figure(name + "Objective", report?.Objective ?? double.NaN, "value"),
            new Figure(name + "RowViolation", report?.RowViolation ?? double.NaN, "of the bound"),
            new Figure(name + "UnitViolation", report?.UnitViolation ?? double.NaN, "actions"),
        ];
    }
}
