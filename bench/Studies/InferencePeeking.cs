namespace Noah.Bench.Studies;

/// <summary>
/// May one look whenever one likes? Errors and power of NOAH's sequences under continuous monitoring: in Spotify's protocol beside GAVI and
/// mSPRT in the same runs, on rare heavy-tailed amounts in lopsided arms, and of the sample ratio.
/// </summary>
internal sealed class InferencePeeking : IStudy
{
    private const double Level = 0.05, LeastPower = 0.85, MostLost = 0.05, LeastRankShare = 0.8;

    // Effects of 0.2, as the protocol is judged.
    private const int Judged = 2;

    // Of rate and amounts alike, in the order of the designs: the test read once finds about nine of ten where it can.
    private static readonly double[] Lifts = [1.3, 1.5, 1.5, 2.5, 1.3, 1.5, 1.5, 1.4];

    // What peeking costs is judged where the test read once finds most.
    private const double MostlyFound = 0.8;

    public string Name => "inference-peeking";

    public string Claim =>
        "Looking at any time errs in at most 5 % of experiments, on normal and on rare heavy-tailed data, and finds more than GAVI and mSPRT.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("runs", 50_000, 1_000, 1_000_000, "Runs of the protocol for each effect."),
        new("amount-runs", 1_000, 100, 1_000_000, "Runs of each zero-inflated design, and of the sample ratio."),
        new("skewness", 0.3, 0.01, 1e6, "Null skewness beyond which the mean is not shown; default as in the engine.", Whole: false),
        new("seed", 8163, 0, 1_000_000_000, "Seed of the draws; the protocol's own by default."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int runs = parameters.Whole("runs"), amountRuns = parameters.Whole("amount-runs"), seed = parameters.Whole("seed");
        var skewness = parameters["skewness"];
        var figures = new List<Figure>();
        var protocol = PeekingProtocol.Run(runs, seed);
        for (var m = 0; m < PeekingProtocol.Methods.Length; m++)
        {
            figures.AddRange(PeekingProtocol.Effects.Select((effect, e) => new Figure(
                effect == 0 ? $"{PeekingProtocol.Methods[m]}: errors" : $"{PeekingProtocol.Methods[m]}: power at {StudyText.Number(effect)}",
                protocol[e][m],
                "share")));
        }

        var worst = protocol[0][..3].Max();
        double rankShare = double.PositiveInfinity, missed = 0;
        foreach (var design in PeekingOnAmounts.Designs)
        {
            var shares = PeekingOnAmounts.Run(design, 1, amountRuns, seed, skewness);
            figures.Add(new Figure($"{design.Name}: errors of the mean", shares.Mean, "share"));
            figures.Add(new Figure($"{design.Name}: runs in which the mean opened", shares.MeanOpened, "share"));
            figures.Add(new Figure($"{design.Name}: errors of the zero-trimmed U", shares.Ranks, "share"));
            figures.Add(new Figure($"{design.Name}: errors of the rates", shares.Rates, "share"));
            figures.Add(new Figure($"{design.Name}: errors of Welch's test at every look", shares.PeekedWelch, "share"));
            worst = new[] { worst, shares.Mean, shares.Ranks, shares.Rates }.Max();
        }

        foreach (var (design, lift) in PeekingOnAmounts.Designs.Zip(Lifts))
        {
            var shares = PeekingOnAmounts.Run(design, lift, Math.Max(100, amountRuns / 4), seed + 1, skewness);
            figures.Add(new Figure($"{design.Name}: power of the zero-trimmed U by the planned number", shares.RanksByPlan, "share"));
            figures.Add(new Figure($"{design.Name}: power of the zero-trimmed U read once there", shares.RanksOnce, "share"));
            figures.Add(new Figure($"{design.Name}: misses of the mean under that lift", shares.MeanMissed, "share"));
            missed = Math.Max(missed, shares.MeanMissed);
            rankShare = shares.RanksOnce < MostlyFound ? rankShare : Math.Min(rankShare, shares.RanksByPlan / shares.RanksOnce);
        }

        foreach (var weights in (double[][])[[1, 1], [9, 1], [2, 1, 1]])
        {
            var name = string.Join('/', weights);
            var none = PeekingOnUnits.Run(weights, 1, amountRuns, seed);
            var some = PeekingOnUnits.Run(weights, 1.02, Math.Max(100, amountRuns / 4), seed);
            figures.Add(new Figure($"sample ratio {name}: errors", none.Sequential, "share"));
            figures.Add(new Figure($"sample ratio {name}: errors of chi-square at every look", none.ChiSquare, "share"));
            figures.Add(new Figure($"sample ratio {name}: found at 2 % too many", some.Sequential, "share"));
            worst = Math.Max(worst, none.Sequential);
        }

        var atJudged = protocol[Judged];
        figures.Insert(0, new Figure("falsePositiveRate", worst, "share"));
        figures.Insert(1, new Figure("power", atJudged[0], "share"));
        var peer = Math.Max(atJudged[4], atJudged[6]);
        return new StudyResult(figures,
        [
            Target.AtMost("worst share of errors at any look", worst, Level),
            Target.AtMost("worst share of runs whose interval of the mean misses under a lift", missed, Level),
            Target.AtLeast("power at 0.2, planned as it comes", atJudged[0], LeastPower),
            Target.AtLeast("power at 0.2 over the better of GAVI 500 and mSPRT 25", atJudged[0] / peer, 1),
            Target.AtLeast("power at 0.2 against GAVI's, half planned", atJudged[1] - atJudged[4], -MostLost),
            Target.AtLeast("power at 0.2 against GAVI's, twice planned", atJudged[2] - atJudged[4], -MostLost),
            Target.AtLeast("power of the zero-trimmed sequence by the planned number over one reading there", rankShare, LeastRankShare),
        ]);
    }
}
