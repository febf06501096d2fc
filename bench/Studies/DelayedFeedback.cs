using Noah.Bench.Instances;
using Noah.Prediction.Delay;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Response;

namespace Noah.Bench.Studies;

/// <summary>
/// Does learning the delay make up for the conversions that have not come yet? Three models learn from the last weeks of the same log and are
/// judged on the clicks of the next week by what became of them: vanilla takes what has been seen for the truth, the oracle knows what
/// became of every row, and the corrected one knows what vanilla knows. A backtest on the older log decides whether the correction is used.
/// </summary>
internal sealed class DelayedFeedback : IStudy
{
    private const double LearntDays = 14, JudgedDays = 7, BacktestDays = 7;

    public string Name => "delayed";

    public string Claim =>
        "Learning the delay recovers 60 % of the AUC that vanilla labels lose against the final ones, and its log loss is never worse than vanilla's.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000, "First seed."),
        new("seeds", 5, 2, 100, "Logs, each with networks of its own."),
        new("rows", 120_000, 5_000, 10_000_000, "Clicks in 61 days of log and the week after it."),
        new("slowness", 1, 0, 3, "How strongly conversions are the slower where they are the likelier.", false),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var runs = Enumerable.Range(0, parameters.Whole("seeds"))
            .Select(i => Once((ulong)(parameters.Whole("seed") + i), parameters.Whole("rows"), parameters["slowness"])).ToArray();
        // A ratio of means: a single log's gap can be near 0.
        var gap = runs.Average(run => run.Oracle.Auc!.Value - run.Vanilla.Auc!.Value);
        var recovered = runs.Average(run => run.Gated.Auc!.Value - run.Vanilla.Auc!.Value) / gap;
        var lossGap = runs.Average(run => run.Vanilla.LogLoss - run.Oracle.LogLoss);
        var lossRecovered = runs.Average(run => run.Vanilla.LogLoss - run.Gated.LogLoss) / lossGap;
        var worst = runs.Max(run => run.Gated.LogLoss / run.Vanilla.LogLoss);
        return new StudyResult(
            [
                new Figure("aucGapRecovered", recovered, "share"),
                new Figure("aucGapRecovered, lowest of the logs", runs.Min(run => run.Recovered), "share"),
                new Figure("logLossGapRecovered", lossRecovered, "share"),
                new Figure("worst log loss / vanilla", worst, "ratio"),
                new Figure("logs where the backtest chose the correction", runs.Average(run => run.Chosen ? 1.0 : 0), "share"),
                new Figure("conversions after the first day", runs.Average(run => run.Late), "share"),
                new Figure("conversions not yet seen in training", runs.Average(run => run.Unseen), "share"),
                .. Figures("vanilla", run => run.Vanilla),
                .. Figures("corrected, without the gate", run => run.Corrected),
                .. Figures("with the gate", run => run.Gated),
                .. Figures("oracle", run => run.Oracle),
                .. MeanInterval.Of([.. runs.Select(run => run.Oracle.Auc!.Value - run.Vanilla.Auc!.Value)]).Figures("AUC gap, oracle over vanilla", "share"),
                .. MeanInterval.Of([.. runs.Select(run => run.Gated.Auc!.Value - run.Vanilla.Auc!.Value)]).Figures("AUC over vanilla", "share"),
            ],
            [
                Target.AtLeast("share of the vanilla-to-oracle AUC gap recovered", recovered, 0.6),
                Target.AtMost("worst log loss / vanilla over all logs", worst, 1),
            ]);

        IEnumerable<Figure> Figures(string who, Func<Comparison, BinaryMetrics> metrics) =>
        [
            new Figure($"AUC, {who}", runs.Average(run => metrics(run).Auc!.Value), "share"),
            new Figure($"log loss, {who}", runs.Average(run => metrics(run).LogLoss), "nats"),
            new Figure($"predicted / actual, {who}", runs.Average(run => metrics(run).MeanPredicted / metrics(run).BaseRate), "ratio"),
        ];
    }

    private static Comparison Once(ulong seed, int rows, double slowness)
    {
        var log = DelayedConversions.Draw(seed, rows, DelayedConversions.Window + BacktestDays + LearntDays + 10, JudgedDays, slowness);
        DelayedConversions learnt = log.Between(0, LearntDays), judged = log.Between(-JudgedDays, 0), past = log.Between(0, double.MaxValue);
        var actions = new int[learnt.Ages.Length];
        var options = new DelayOptions { Seed = seed, Window = DelayedConversions.Window };
        var response = new ResponseOptions { Seed = seed };
        float[] outcomes = DelayedConversions.Labels(judged.Delays);
        var vanilla = ResponseModel.Train(learnt.Features, actions, [DelayedConversions.Labels(learnt.Seen())], response);
        var oracle = ResponseModel.Train(learnt.Features, actions, [DelayedConversions.Labels(learnt.Delays)], response);
        var corrected = DelayedConversionModel.Train(learnt.Features, actions, learnt.Ages, learnt.Seen(), options);
        var gate = DelayBacktest.Run(
            past.Features, new int[past.Ages.Length], past.Ages, past.Seen(), LearntDays, BacktestDays, options);
        BinaryMetrics ofVanilla = BinaryMetrics.Compute(vanilla.Predict(judged.Features, 0), outcomes);
        var ofCorrected = BinaryMetrics.Compute(corrected.Predict(judged.Features, 0), outcomes);
        var chosen = gate.Choice == DelayCorrection.Hazard;
        var all = log.Delays.Where(delay => !double.IsNaN(delay)).ToArray();
        return new Comparison(
            ofVanilla, ofCorrected, chosen ? ofCorrected : ofVanilla, BinaryMetrics.Compute(oracle.Predict(judged.Features, 0), outcomes), chosen,
            all.Count(delay => delay > 1) / (double)all.Length,
            1 - DelayedConversions.Labels(learnt.Seen()).Sum() / DelayedConversions.Labels(learnt.Delays).Sum());
    }

    private sealed record Comparison(
        BinaryMetrics Vanilla, BinaryMetrics Corrected, BinaryMetrics Gated, BinaryMetrics Oracle, bool Chosen, double Late, double Unseen)
    {
        public double Recovered => (Gated.Auc!.Value - Vanilla.Auc!.Value) / (Oracle.Auc!.Value - Vanilla.Auc!.Value);
    }
}
