using Noah.Bench.Instances;
using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Simulation.Retail;

namespace Noah.Bench.Studies;

/// <summary>
/// Is the response network worth its cost? Trained on a random half of the simulated retailer's campaign, scored on the other half, against
/// logistic regression without interactions. The world knows what each mail adds to each member, so the increments are scored against
/// the truth and not only the probabilities against the outcomes.
/// </summary>
internal sealed class VisitResponse : IStudy
{
    private static readonly CampaignArm[] Mails = [CampaignArm.MensEmail, CampaignArm.WomensEmail];

    public string Name => "visit-response";

    public string Claim => "The response network predicts visits no worse than logistic regression, and ranks members by what a mail adds to them.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("customers", 40_000, 2_000, 5_000_000, "Customers; half of them train."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the world, of the halves and of the training."),
        new("rounds", 1, 1, 20, "Alternating timed trainings of each way, after one that is not timed."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var seed = parameters.Whole("seed");
        var world = RetailerWorld.Generate(new RetailerOptions((ulong)seed, parameters.Whole("customers")));
        var members = Enumerable.Range(0, world.Members.Count).ToArray();
        new Random(seed).Shuffle(members);
        var all = RetailFeatures.Of(world);
        Half training = new(world, all, members[..(members.Length / 2)]), heldOut = new(world, all, members[(members.Length / 2)..]);

        string[] arms = Enum.GetNames<CampaignArm>();
        var options = new ResponseOptions { Actions = arms, Outcomes = ["visit"], Seed = (ulong)seed };
        ResponseModel? network = null;
        LogisticBaseline? logistic = null;
        var (networkSeconds, logisticSeconds) = Measure.SideBySide(
            () => network = ResponseModel.Train(training.Features, training.Arms, training.Visits, options),
            () => logistic = LogisticBaseline.Train(training.Features, training.Arms, training.Visits, arms.Length),
            parameters.Whole("rounds"));

        var ofNetwork = network!.Evaluate(heldOut.Features, heldOut.Arms, heldOut.Visits);
        var ofLogistic = logistic!.Evaluate(heldOut.Features, heldOut.Arms, heldOut.Visits);
        var ofTruth = BinaryMetrics.Compute(heldOut.TrueProbabilities(), heldOut.Visits);
        var correlation = Mails.ToDictionary(mail => mail, mail => heldOut.Correlation(mail, (table, arms) => network.Predict(table, arms)));
        var logisticCorrelation = Mails.ToDictionary(mail => mail, mail => heldOut.Correlation(mail, (table, arms) => logistic.Predict(table, arms)));
        var logLossRatio = ofNetwork.LogLoss / ofLogistic.LogLoss;
        // Without interactions the regression reaches 0.3 to 0.6, by the base rates alone: less than 0.7 would not tell the two apart.
        var worst = correlation.Values.Min();
        return new StudyResult(
            [
                new Figure("log loss / logistic regression", logLossRatio, "ratio"),
                new Figure("log loss / the known truth's", ofNetwork.LogLoss / ofTruth.LogLoss, "ratio"),
                new Figure("log loss of logistic regression / the truth's", ofLogistic.LogLoss / ofTruth.LogLoss, "ratio"),
                new Figure("AUC", ofNetwork.Auc ?? double.NaN, "share"),
                new Figure("AUC of logistic regression", ofLogistic.Auc ?? double.NaN, "share"),
                new Figure("AUC of the known truth", ofTruth.Auc ?? double.NaN, "share"),
                new Figure("calibration error", ofNetwork.ExpectedCalibrationError, "probability"),
                new Figure("calibration error of logistic regression", ofLogistic.ExpectedCalibrationError, "probability"),
                .. Mails.Select(mail => new Figure($"rank correlation of {mail}'s increments", correlation[mail], "Spearman")),
                .. Mails.Select(mail => new Figure($"the same by logistic regression, {mail}", logisticCorrelation[mail], "Spearman")),
                new Figure("training rows per second / logistic regression", logisticSeconds / networkSeconds, "ratio"),
                new Figure("training rows per second", training.Visits.Length / networkSeconds, "1/s"),
            ],
            [
                Target.AtMost("log loss / logistic regression", logLossRatio, 1),
                Target.AtLeast("rank correlation of the increments, worse mail", worst, 0.7),
                Target.AtMost("calibration error", ofNetwork.ExpectedCalibrationError, 0.02),
            ]);
    }

    private delegate float[] Predictor(FeatureTable table, ReadOnlySpan<int> arms);

    private sealed class Half(RetailerWorld world, FeatureTable all, int[] members)
    {
        public FeatureTable Features { get; } = all.Select(members);

        public int[] Arms { get; } = Array.ConvertAll(members, member => (int)world.Campaign[member].Arm);

        public float[] Visits { get; } = Array.ConvertAll(members, member => world.Campaign[member].VisitedAt is null ? 0f : 1f);

        public float[] TrueProbabilities() =>
            Array.ConvertAll(members, member => (float)world.Truth.VisitProbability(member, world.Campaign[member].Arm));

        /// <summary>Predicted against true increments of one mail over no mail; within a mail, so that telling the mails apart earns nothing.</summary>
        public double Correlation(CampaignArm mail, Predictor predict)
        {
            var sent = predict(Features, Enumerable.Repeat((int)mail, members.Length).ToArray());
            var unsent = predict(Features, new int[members.Length]);
            return RankCorrelation.Of(
                [.. members.Select((_, row) => (double)sent[row] - unsent[row])],
                Array.ConvertAll(members, member =>
                    world.Truth.VisitProbability(member, mail) - world.Truth.VisitProbability(member, CampaignArm.None)));
        }
    }
}
