using Noah.Bench.Instances;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

/// <summary>
/// Who of CDNOW's new customers will be worth most? Everything is learnt inside the calibration window: features at the end of week 26
/// against spend in weeks 27 to 39. At the end of week 39 all customers are scored and judged by weeks 40 to 78. Spend over 39 weeks is the
/// network's over 13 times BG/NBD's ratio of the two for that customer. A second part has planted amounts, of which the best score is known.
/// </summary>
internal sealed class Ltv : IStudy
{
    private const int TrainingWeek = 26, ScoringWeek = 39, LearntWeeks = 13, JudgedWeeks = 39;

    // Fader, Hardie, Lee 2005, on the sample; four digits of each.
    private const double FourDigits = 5e-5;
    private static readonly (string Name, double Published, Func<BgNbdModel, double> Read)[] Parameters4 =
        [("r", 0.242593, m => m.R), ("alpha", 4.413532, m => m.Alpha), ("a", 0.792886, m => m.A), ("b", 2.425752, m => m.B)];

    public string Name => "ltv";

    public string Claim =>
        "BG/NBD comes to its published parameters, and the value network ranks customers better than BG/NBD with gamma-gamma and than past spend.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000, "First seed of the networks, of the planted amounts and of the resamples."),
        new("seeds", 5, 1, 50, "Networks of each head on CDNOW, each with a seed of its own."),
        new("resamples", 1_000, 100, 100_000, "Bootstrap resamples of the customers, each with one of the networks."),
        new("planted", 20_000, 1_000, 1_000_000, "Rows of planted amounts to learn from, and as many to judge by."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        if (CdnowLog.Cohort() is not { } log || CdnowLog.PublishedSummary() is not { } published)
        {
            throw new BenchUsageException("CDNOW is not on this machine; set NOAH_DATA to the folder that holds cdnow/.");
        }

        var fit = BgNbdModel.Fit(published).Model ?? throw new InvalidOperationException("BG/NBD did not converge on CDNOW's sample.");
        var deviation = Parameters4.Max(p => Math.Abs(p.Read(fit) / p.Published - 1));

        CdnowSnapshot training = new(log, TrainingWeek, LearntWeeks), judged = new(log, ScoringWeek, JudgedWeeks);
        var seed = (ulong)parameters.Whole("seed");
        ulong[] seeds = [.. Enumerable.Range(0, parameters.Whole("seeds")).Select(i => seed + (ulong)i)];
        float[][] mixture = [.. seeds.Select(s => Score(training, judged, ValueHead.LognormalMixture, s))];
        float[][] single = [.. seeds.Select(s => Score(training, judged, ValueHead.Lognormal, s))];
        float[] buyTillYouDie = judged.Expected(JudgedWeeks), pastSpend = judged.PastSpend;

        var bootstrap = new LtvBootstrap(mixture, buyTillYouDie, pastSpend, judged.Spent, parameters.Whole("resamples"), (int)seed);
        var planted = PlantedRatio(ValueHead.LognormalMixture, seed, parameters.Whole("planted"));
        var plantedSingle = PlantedRatio(ValueHead.Lognormal, seed, parameters.Whole("planted"));
        return new StudyResult(
            [
                .. Parameters4.Select(p => new Figure($"BG/NBD {p.Name}", p.Read(fit), "parameter")),
                new Figure("BG/NBD, largest deviation from the published", deviation, "ratio"),
                .. Figures("", mixture, judged),
                .. Figures(", one lognormal", single, judged),
                .. Figures(", BG/NBD × gamma-gamma", [buyTillYouDie], judged),
                .. Figures(", past spend", [pastSpend], judged),
                .. bootstrap.Figures(),
                new Figure("planted: normalised Gini / best", planted, "ratio"),
                new Figure("planted: the same of one lognormal", plantedSingle, "ratio"),
            ],
            [
                Target.AtMost("BG/NBD, largest deviation from the published", deviation, FourDigits),
                Target.AtLeast("normalised Gini over BG/NBD × gamma-gamma, lower end", bootstrap.GiniOverModel.Lower, 0),
                Target.AtLeast("normalised Gini over past spend, lower end", bootstrap.GiniOverPastSpend.Lower, 0),
                Target.AtLeast("Spearman over BG/NBD × gamma-gamma, lower end", bootstrap.SpearmanOverModel.Lower, 0),
                Target.AtLeast("planted: normalised Gini / best", planted, 0.98),
            ]);
    }

    private static float[] Score(CdnowSnapshot training, CdnowSnapshot judged, ValueHead head, ulong seed)
    {
        var model = ValueModel.Train(
            training.Features(LearntWeeks), new int[training.Spent.Length], training.Spent, new ValueOptions { Head = head, Seed = seed });
        float[] shorter = judged.Expected(LearntWeeks), longer = judged.Expected(JudgedWeeks);
        return [.. model.Predict(judged.Features(LearntWeeks), 0).Select((p, i) => (float)(p.Mean * longer[i] / shorter[i]))];
    }

    private static IEnumerable<Figure> Figures(string who, float[][] scores, CdnowSnapshot judged)
    {
        ValueMetrics[] metrics = [.. scores.Select(score => ValueMetrics.Compute(score, new float[score.Length], judged.Spent))];
        return
        [
            new Figure($"normalisedGini{who}", metrics.Average(m => m.NormalizedGini!.Value), "share"),
            new Figure($"spearman{who}", metrics.Average(m => m.Spearman!.Value), "Spearman"),
            new Figure($"decileMape{who}", metrics.Average(m => m.DecileMape ?? double.NaN), "ratio"),
            new Figure($"predicted / actual{who}", metrics.Average(m => m.MeanPredicted / m.MeanActual), "ratio"),
        ];
    }

    private static double PlantedRatio(ValueHead head, ulong seed, int rows)
    {
        PlantedAmounts training = PlantedAmounts.Draw(2 * seed, rows), judged = PlantedAmounts.Draw(2 * seed + 1, rows);
        var model = ValueModel.Train(training.Features, new int[rows], training.Amounts, new ValueOptions { Head = head, Seed = seed });
        return Gini([.. model.Predict(judged.Features, 0).Select(p => (float)p.Mean)]) / Gini(judged.Means);

        double Gini(float[] scores) => ValueMetrics.Compute(scores, new float[rows], judged.Amounts).NormalizedGini!.Value;
    }
}
