using Noah.Bench.Instances;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

internal sealed class Ltv : IStudy
{
    public string Name => "ltv";

    public string Claim => "x";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000_000, "Seed of the network."),
        new("hidden", 32, 1, 1000, "x"),
        new("cross", 2, 0, 4, "x"),
        new("rate", 0.005, 0, 1, "x", false),
        new("decay", 0.01, 0, 100, "x", false),
        new("patience", 6, 1, 100, "x"),
        StudyParameter.Choice("head", "x", "Lognormal", "LognormalMixture"),
        new("components", 3, 2, 16, "x"),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var fit = BgNbdModel.Fit(PurchaseLog.Summarize(CdnowLog.Sample()!, CdnowLog.EndOfWeek(39)));
        Console.WriteLine($"{fit} {clock.Elapsed}");
        Console.WriteLine(GammaGammaModel.Fit(PurchaseLog.Summarize(CdnowLog.Sample()!, CdnowLog.EndOfWeek(39))));
        var log = CdnowLog.Cohort()!;
        CdnowSnapshot train = new(log, 26, 13), test = new(log, 39, 39);
        Console.WriteLine($"{train.Purchases} {test.Purchases} {clock.Elapsed}");
        Show("bgnbd", test.Expected(39), test);
        Show("past", test.PastSpend, test);
        foreach (var f in train.Features(13).Columns)
        {
            var t = test.Features(13).Column(f.Spec);
            Console.WriteLine($"{f.Spec.Name} {f.Numbers.ToArray().Average()} {t.Numbers.ToArray().Average()}");
            Show("   ", t.Numbers.ToArray().Select(v => v + 20f).ToArray(), test);
        }
        var options = new ValueOptions
        {
            Seed = (ulong)parameters.Whole("seed"), Hidden = [parameters.Whole("hidden"), 16], CrossLayers = parameters.Whole("cross"),
            Head = Enum.Parse<ValueHead>(parameters.Word("head")), Components = parameters.Whole("components"), LearningRate = parameters["rate"], WeightDecay = parameters["decay"], Patience = parameters.Whole("patience"),
        };
        var model = ValueModel.Train(train.Features(13), new int[train.Spent.Length], train.Spent, options);
        Show("train", [.. model.Predict(train.Features(13), 0).Select(p => (float)p.Mean)], train);
        Show("net", [.. model.Predict(test.Features(13), 0).Select(p => (float)p.Mean)], test);
        Show("net39", [.. model.Predict(test.Features(39), 0).Select(p => (float)p.Mean)], test);
        Console.WriteLine(clock.Elapsed);
        return new StudyResult([], []);
    }

    private static void Show(string name, float[] scores, CdnowSnapshot test)
    {
        var m = ValueMetrics.Compute(scores, new float[scores.Length], test.Spent);
        Console.WriteLine($"{name} gini {m.NormalizedGini:F4} spearman {m.Spearman:F4} mape {m.DecileMape:F3} {m.MeanPredicted:F2} {m.MeanActual:F2}");
    }
}
