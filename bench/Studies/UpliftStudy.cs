using Noah.Bench.Instances;
using Noah.Prediction.Trees;
using Noah.Prediction.Uplift;

namespace Noah.Bench.Studies;

/// <summary>
/// Who should get a mail, on the real randomised campaign: on visits the mean area under the uplift curve over random splits, against
/// a T-learner of plain boosted trees in the same splits; on spend whether any learner beats a random order, by cross-fitted scores of all
/// rows and an interval that allows for the number of learners.
/// </summary>
internal sealed class UpliftStudy : IStudy
{
    private const int ScoringFolds = 5, Resamples = 2000;
    private const double TrainingShare = 0.7;

    private static readonly (string Name, UpliftLearner Learner)[] Learners =
        [("doubly robust", UpliftLearner.DoublyRobust), ("X", UpliftLearner.X), ("T", UpliftLearner.T)];

    public string Name => "uplift";

    public string Claim => "NOAH ranks visits gained by a mail no worse than a T-learner of boosted trees, and says that nobody ranks spend gained.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("splits", 100, 2, 1000, "Random splits, 70 % for training."),
        new("seed", 1, 0, 1_000_000, "Seed of the first split."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        if (EmailExperiment.Read() is not { } all)
        {
            return new StudyResult([], [Target.AtLeast("data present", 0, 1)]) { Notes = ["hillstrom/hillstrom.csv.gz is not in $NOAH_DATA or ../shared/data."] };
        }

        var areas = Learners.ToDictionary(learner => learner.Learner, _ => new List<double>());
        var random = new List<double>();
        for (var split = 0; split < parameters.Whole("splits"); split++)
        {
            var seed = parameters.Whole("seed") + split;
            var order = Order(all.Rows, seed);
            var cut = (int)(TrainingShare * order.Length);
            EmailExperiment training = all.Select(order[..cut]), held = all.Select(order[cut..]);
            foreach (var (_, learner) in Learners)
            {
                var metrics = UpliftMetrics.Compute(Effects(training, training.Visits, held, learner, seed), held.Treated, held.Visits, resamples: 0);
                areas[learner].Add(metrics.Auuc!.Value);
                if (learner == UpliftLearner.T)
                {
                    random.Add(metrics.RandomAuuc!.Value);
                }
            }
        }

        List<double> own = areas[UpliftLearner.DoublyRobust], baseline = areas[UpliftLearner.T];
        var paired = MeanInterval.Of([.. own.Zip(baseline, (noah, plain) => noah - plain)]);
        var corrected = Corrected([.. own.Zip(baseline, (noah, plain) => noah - plain)]);
        var visits = Evidence(all, all.Visits, parameters.Whole("seed"));
        var spend = Evidence(all, all.Spend, parameters.Whole("seed"));
        return new StudyResult(
            [
                new Figure("auuc", own.Average(), "visits a member"),
                new Figure("baselineAuuc", baseline.Average(), "visits a member"),
                new Figure("auuc of the X-learner", areas[UpliftLearner.X].Average(), "visits a member"),
                new Figure("auuc of a random order", random.Average(), "visits a member"),
                .. paired.Figures("auuc over baseline", "visits a member, paired over splits"),
                new Figure("auuc over baseline, half interval for other data", corrected, "visits a member, Nadeau and Bengio"),
                new Figure("splits won", own.Zip(baseline, (noah, plain) => noah > plain ? 1.0 : 0).Average(), "share"),
                .. visits.SelectMany(row => Figures("visits", "visits a member", row)),
                .. spend.SelectMany(row => Figures("spend", "$ a member", row)),
            ],
            [
                Target.AtLeast("auuc over baseline", paired.Mean, 0),
                Target.AtLeast("learners that beat a random order on visits", Better(visits), 1),
                Target.AtMost("learners that beat a random order on spend", Better(spend), 0),
            ])
        {
            Notes = [.. spend.Select(row => $"spend, {row.Name} learner: {row.Metrics.Evidence}")],
        };
    }

    /// <summary>The T-learner is the plain one: boosted trees as they come, one for each arm.</summary>
    private static float[] Effects(EmailExperiment training, float[] outcomes, EmailExperiment held, UpliftLearner learner, int seed)
    {
        var options = new UpliftOptions { Learner = learner, Seed = (ulong)seed, Base = new TreeBaseLearner { Outcome = new TreeOptions() } };
        return UpliftModel.Train(training.Features, training.Treated, outcomes, training.Propensities, options).Model!.Predict(held.Features);
    }

    private static (string Name, UpliftMetrics Metrics)[] Evidence(EmailExperiment all, float[] outcomes, int seed)
    {
        var order = Order(all.Rows, seed);
        // Three learners are three chances to look better than random.
        var confidence = 1 - 0.05 / Learners.Length;
        return [.. Learners.Select(learner =>
        {
            var effects = new float[all.Rows];
            for (var fold = 0; fold < ScoringFolds; fold++)
            {
                int[] held = [.. order.Where((_, i) => i % ScoringFolds == fold)], others = [.. order.Where((_, i) => i % ScoringFolds != fold)];
                float[] predicted = Effects(
                    all.Select(others), [.. others.Select(row => outcomes[row])], all.Select(held), learner.Learner, seed);
                foreach (var (i, row) in held.Index())
                {
                    effects[row] = predicted[i];
                }
            }

            return (learner.Name, UpliftMetrics.Compute(effects, all.Treated, outcomes, default, Resamples, confidence));
        })];
    }

    private static int Better((string Name, UpliftMetrics Metrics)[] rows) =>
        rows.Count(row => row.Metrics.Evidence == UpliftEvidence.BetterThanRandom);

    private static IEnumerable<Figure> Figures(string outcome, string unit, (string Name, UpliftMetrics Metrics) row) =>
    [
        new Figure($"{outcome}, {row.Name}: gain over random", row.Metrics.GainOverRandom ?? double.NaN, unit),
        new Figure($"{outcome}, {row.Name}: gain, lower end", row.Metrics.GainLower ?? double.NaN, $"{unit}, 95 % over all learners"),
        new Figure($"{outcome}, {row.Name}: gain, upper end", row.Metrics.GainUpper ?? double.NaN, $"{unit}, 95 % over all learners"),
        new Figure($"{outcome}, {row.Name}: qini", row.Metrics.Qini ?? double.NaN, unit),
    ];

    /// <summary>
    /// Half of the 95 % interval of a mean over overlapping splits, by the corrected variance of Nadeau and Bengio (2003): splits share rows, so
    /// their own spread understates what other data would give.
    /// </summary>
    private static double Corrected(double[] differences)
    {
        var interval = MeanInterval.Of(differences);
        return (interval.Upper - interval.Mean) * Math.Sqrt(1 + differences.Length * (1 - TrainingShare) / TrainingShare);
    }

    private static int[] Order(int rows, int seed)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }
}
