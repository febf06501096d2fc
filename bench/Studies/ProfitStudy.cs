using Noah.Bench.Instances;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Bench.Studies;

/// <summary>
/// Whom to mail at $0.68 in the KDD Cup 1998 campaign, by five-fold predictions over several seeds of the folds. NOAH's two-stage trees, averaged
/// and calibrated on worked features, stand beside one plain pair of boosted trees (logistic loss, then squared error among donors) on
/// the raw columns of the same folds. No option was chosen by profit: trees were compared by log loss on
/// folds of other seeds.
/// </summary>
internal sealed class ProfitStudy : IStudy
{
    private const double LeastProfit = 15_300;

    // What a careful practitioner sets without looking: shallow trees, a hundred small steps, all rows.
    private static readonly TreeOptions PlainTrees = new() { MaxDepth = 3, MaxLeaves = 8, MaxRounds = 100, ValidationShare = 0 };

    public string Name => "profit";

    public string Claim => "Mailing by expected gift earns at least $15,300 of the KDD Cup 1998 campaign, and no less than plain two-stage boosted trees.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seeds", 10, 2, 100, "Splits into folds, each with a seed of its own."),
        new("seed", 1, 0, 1_000_000, "First seed."),
        new("folds", 5, 2, 20, "Folds; each is scored by models of the others."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        if (DonorFile.Read() is not { } file)
        {
            return new StudyResult([], [Target.AtLeast("data present", 0, 1)]) { Notes = ["kddcup98/pva97nk.csv.gz is not in $NOAH_DATA or ../shared/data."] };
        }

        List<double> profits = [], baselines = [], mailed = [], aucs = [], baselineAucs = [];
        double[] gains = new double[file.Amounts.Length], rowProfits = new double[file.Amounts.Length];
        for (var i = 0; i < parameters.Whole("seeds"); i++)
        {
            var seed = parameters.Whole("seed") + i;
            var (noah, plain) = Predict(file, seed, parameters.Whole("folds"));
            double[] ofNoah = Profit(file, noah), ofPlain = Profit(file, plain);
            profits.Add(ofNoah.Sum());
            baselines.Add(ofPlain.Sum());
            mailed.Add(noah.Select((row, at) => row.Mean > DonorFile.Cost ? file.WeightOf(at) : 0).Sum() / DonorFile.Members);
            aucs.Add(Auc(file, noah));
            baselineAucs.Add(Auc(file, plain));
            for (var row = 0; row < gains.Length; row++)
            {
                rowProfits[row] += ofNoah[row] / parameters.Whole("seeds");
                gains[row] += (ofNoah[row] - ofPlain[row]) / parameters.Whole("seeds");
            }
        }

        var profit = MeanInterval.Of(profits);
        var paired = MeanInterval.Of([.. profits.Zip(baselines, (own, other) => own - other)]);
        var mailAll = file.Amounts.Select((amount, row) => file.WeightOf(row) * (amount - DonorFile.Cost)).Sum();
        return new StudyResult(
            [
                new Figure("profit", profit.Mean, "$"),
                new Figure("standardError", StandardError(profits), "$ over seeds"),
                new Figure("mailAll", mailAll, "$"),
                new Figure("baselineProfit", baselines.Average(), "$"),
                new Figure("baselineStandardError", StandardError(baselines), "$ over seeds"),
                .. paired.Figures("profit over baseline", "$, paired over seeds"),
                new Figure("standard error by members", RowError(rowProfits), "$"),
                new Figure("standard error of the gain over the baseline by members", RowError(gains), "$"),
                new Figure("least profit of a seed", profits.Min(), "$"),
                new Figure("members mailed", mailed.Average(), "share"),
                new Figure("auc", aucs.Average(), "share"),
                new Figure("baselineAuc", baselineAucs.Average(), "share"),
            ],
            [
                Target.AtLeast("profit", profit.Mean, LeastProfit),
                Target.AtLeast("profit over baseline, upper end of the paired interval", paired.Upper, 0),
            ]);
    }

    private static (TwoStagePrediction[] Noah, TwoStagePrediction[] Plain) Predict(DonorFile file, int seed, int folds)
    {
        var order = Enumerable.Range(0, file.Amounts.Length).ToArray();
        new Random(seed).Shuffle(order);
        TwoStagePrediction[] noah = new TwoStagePrediction[order.Length], plain = new TwoStagePrediction[order.Length];
        for (var fold = 0; fold < folds; fold++)
        {
            int[] held = [.. order.Where((_, i) => i % folds == fold)], training = [.. order.Where((_, i) => i % folds != fold)];
            float[] amounts = [.. training.Select(row => file.Amounts[row])];
            var options = new TwoStageOptions { PopulationRate = DonorFile.PopulationRate, Seed = (ulong)(seed * folds + fold) };
            var model = TwoStageTrees.Train(file.Worked.Select(training), amounts, options).Model!;
            Spread(model.Predict(file.Worked.Select(held)), held, noah);
            Spread(Plain(file.Raw.Select(training), amounts, file.Raw.Select(held), (ulong)seed), held, plain);
        }

        return (noah, plain);
    }

    private static TwoStagePrediction[] Plain(FeatureTable training, float[] amounts, FeatureTable held, ulong seed)
    {
        int[] donors = [.. Enumerable.Range(0, amounts.Length).Where(row => amounts[row] > 0)];
        var response = BoostedTrees.Train(training, Array.ConvertAll(amounts, amount => amount > 0 ? 1f : 0f), null, PlainTrees with { Seed = seed }).Model!;
        var amount = BoostedTrees.Train(
            training.Select(donors), [.. donors.Select(row => amounts[row])], null, PlainTrees with { Loss = TreeLoss.Squared, Seed = seed }).Model!;
        var factor = DonorFile.PopulationRate / (1 - DonorFile.PopulationRate) * (amounts.Length - donors.Length) / donors.Length;
        return [.. response.Predict(held).Zip(amount.Predict(held), (p, gift) => new TwoStagePrediction((float)(p * factor / (1 - p + p * factor)), gift))];
    }

    private static void Spread(TwoStagePrediction[] predictions, int[] rows, TwoStagePrediction[] all)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            all[rows[i]] = predictions[i];
        }
    }

    /// <summary>What each row brings, in the population's terms; 0 where it is not mailed.</summary>
    private static double[] Profit(DonorFile file, TwoStagePrediction[] predictions) =>
        [.. predictions.Select((row, at) => row.Mean > DonorFile.Cost ? file.WeightOf(at) * (file.Amounts[at] - DonorFile.Cost) : 0)];

    private static double Auc(DonorFile file, TwoStagePrediction[] predictions) => BinaryMetrics.Compute(
        [.. predictions.Select(row => row.Probability)], [.. file.Amounts.Select(amount => amount > 0 ? 1f : 0f)]).Auc ?? double.NaN;

    private static double StandardError(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
    }

    /// <summary>Of a sum over rows drawn at random.</summary>
    private static double RowError(double[] rows)
    {
        var mean = rows.Average();
        return Math.Sqrt(rows.Sum(value => (value - mean) * (value - mean)));
    }
}
