using Noah.Bench.Instances;
using Noah.Experimentation.Statistics;
using Noah.Experimentation.Triggering;

namespace Noah.Bench.Studies;

/// <summary>
/// Two targeting policies agree on 19 of 20 members. What does the comparison of those on whom they disagree gain over that of all, is it
/// unbiased for the same quantity, and do its intervals hold? Members buy with a rate of their own and spend lognormal amounts;
/// the effect differs between members and lies on the disagreeing alone.
/// </summary>
internal sealed class InferenceTrigger : IStudy
{
    private const double LeastRatio = 15, LeastCoverage = 0.94, MostCoverage = 0.96, NormalQuantile995 = 2.5758;

    // A purchase is worth 20 in the median; what the disagreeing win is a fifth more buyers.
    private const double AmountLogMean = 3, AmountLogDeviation = 1, EffectOnRate = 0.2;

    public string Name => "inference-trigger";

    public string Claim =>
        "Comparing the 5 % of members on whom two policies disagree has a fifteenth of the undiluted variance at most, no bias, and covers.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("worlds", 1_000, 100, 100_000, "Experiments drawn."),
        new("members", 40_000, 2_000, 1_000_000, "Members of each."),
        new("disagreement", 0.05, 0.01, 1, "Share on whom the policies disagree.", Whole: false),
        new("seed", 1, 0, 1_000_000_000, "Seed of the draws."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int worlds = parameters.Whole("worlds"), members = parameters.Whole("members"), seed = parameters.Whole("seed");
        var disagreement = parameters["disagreement"];
        double[] diluted = new double[worlds], undiluted = new double[worlds], errors = new double[worlds];
        bool[] covered = new bool[worlds], plainCovered = new bool[worlds], sound = new bool[worlds];
        Parallel.For(0, worlds, world =>
        {
            var (log, truth) = Draw(members, disagreement, seed, world);
            var report = TriggeredAnalysis.Analyze(log);
            diluted[world] = report.Diluted.Difference!.Value - truth;
            undiluted[world] = report.Undiluted.Difference!.Value - truth;
            errors[world] = report.Diluted.StandardError!.Value;
            covered[world] = report.Diluted.Interval!.Value.Contains(truth);
            plainCovered[world] = report.Undiluted.Interval!.Value.Contains(truth);
            sound[world] = report.Status == TriggeredStatus.Sound;
        });
        Moments sharp = Moments.Of(diluted), plain = Moments.Of(undiluted);
        var ratio = plain.Variance!.Value / sharp.Variance!.Value;
        double coverage = Share(covered), band = NormalQuantile995 * Math.Sqrt(0.05 * 0.95 / worlds);
        var bias = sharp.Mean / sharp.StandardError!.Value;
        return new StudyResult(
        [
            new Figure("varianceRatio", ratio, "ratio"),
            new Figure("one over the share of disagreement", 1 / disagreement, "ratio"),
            new Figure("coverage of the diluted effect", coverage, "share"),
            new Figure("coverage of the undiluted effect", Share(plainCovered), "share"),
            new Figure("bias of the diluted effect", sharp.Mean, "$ per member"),
            new Figure("bias in Monte-Carlo errors", bias, "standard errors"),
            new Figure("deviation of the diluted effect", sharp.StandardDeviation!.Value, "$ per member"),
            new Figure("reported error, mean", Moments.Of(errors).Mean, "$ per member"),
            new Figure("deviation of the undiluted effect", plain.StandardDeviation!.Value, "$ per member"),
            new Figure("worlds whose checks pass", Share(sound), "share"),
        ],
        [
            Target.AtLeast("variance of the undiluted over the diluted effect", ratio, LeastRatio),
            Target.AtMost("bias in Monte-Carlo errors", Math.Abs(bias), 3),
            Target.AtLeast("coverage of the diluted effect", coverage, LeastCoverage - band),
            Target.AtMost("coverage of the diluted effect", coverage, MostCoverage + band),
        ]);
    }

    /// <returns>The log, and the effect per member that would be seen if everybody were in both arms.</returns>
    private static (PolicyDecisions Log, double Truth) Draw(int members, double disagreement, int seed, int world)
    {
        var (units, runs, treated) = (new long[members], new int[members], new bool[members]);
        var (control, treatment, outcomes) = (new int[members], new int[members], new double[members]);
        var truth = 0.0;
        for (var i = 0; i < members; i++)
        {
            var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Trigger, ((long)world * members) + i);
            units[i] = i;
            treated[i] = random.Uniform() < 0.5;
            control[i] = random.Index(4);
            var disagree = random.Uniform() < disagreement;
            treatment[i] = disagree ? (control[i] + 1 + random.Index(3)) % 4 : control[i];

            // A rate between 2 and 22 %, a gain between none and twice the mean.
            var rate = 0.02 + (0.2 * random.Uniform());
            var gain = disagree ? 2 * EffectOnRate * random.Uniform() : 0;
            var amount = random.LogNormal(AmountLogMean, AmountLogDeviation);
            outcomes[i] = random.Uniform() < rate * (1 + (treated[i] ? gain : 0)) ? amount : 0;
            truth += rate * gain * Math.Exp(AmountLogMean + (AmountLogDeviation * AmountLogDeviation / 2)) / members;
        }

        return (new PolicyDecisions(units, runs, treated, control, treatment, outcomes), truth);
    }

    private static double Share(bool[] hits) => hits.Count(hit => hit) / (double)hits.Length;
}
