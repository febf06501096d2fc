using System.Diagnostics;
using Noah.Bench.Instances;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training.Incremental;

namespace Noah.Bench.Studies;

/// <summary>Six daily increments of a stream whose law moves: a refresh a day against a cold training a day on all rows so far.</summary>
internal static class ResponseIncremental
{
    public const int Days = 6;
    private const int FirstRows = 40_000, DayRows = 8_000, JudgedRows = 20_000;

    /// <summary>One network, as for streams of many rows.</summary>
    private static ResponseOptions Network(ulong seed, bool keep) => new()
    {
        Seed = seed,
        Folds = 10,
        Networks = 1,
        LearningRate = 0.003,
        KeepCurvature = keep,
        // Names that come later have codes of their own, as far as collisions allow; a full vocabulary knows only those of day 0.
        Encoder = new FeatureEncoderOptions { Vocabulary = VocabularyKind.QuotientRemainder, HashRows = 1_000 },
    };

    public static StudyResult Run(int first, int seeds)
    {
        List<double> overCold = [], shares = [], forgetting = [];
        double stale = 0, warm = 0, refreshed = 0, cold = 0;
        for (var seed = first; seed < first + seeds; seed++)
        {
            var stream = new DriftingStream((ulong)seed);
            var coldRun = Cold(stream, (ulong)seed);
            var run = Refreshed(stream, coldRun.First, new RefreshOptions());
            var plain = Refreshed(stream, coldRun.First, new RefreshOptions { Penalty = 0, BaseShare = 0 });
            overCold.Add(run.Losses.Average() - coldRun.Losses.Average());
            shares.Add(run.Seconds / coldRun.Seconds);
            forgetting.Add(run.Forgotten / plain.Forgotten);
            stale += coldRun.Stale.Average() / seeds;
            warm += plain.Losses.Average() / seeds;
            refreshed += run.Losses.Average() / seeds;
            cold += coldRun.Losses.Average() / seeds;
        }
        return new StudyResult(
            [
                new Figure("log loss of the next day, refreshed", refreshed, "nats"),
                new Figure("log loss of the next day, trained anew", cold, "nats"),
                new Figure("log loss of the next day, plain warm start", warm, "nats"),
                new Figure("log loss of the next day, model of day 0", stale, "nats"),
                new Figure("refreshed over trained anew, mean", overCold.Average(), "nats"),
                new Figure("refreshed over trained anew, worst seed", overCold.Max(), "nats"),
                new Figure("processor time, refreshed over trained anew, worst seed", shares.Max(), "share"),
                new Figure("loss of day 0 gained, refreshed over plain warm start, mean", forgetting.Average(), "share"),
                new Figure("loss of day 0 gained, refreshed over plain warm start, worst seed", forgetting.Max(), "share"),
            ],
            [
                Target.AtMost("refreshed over trained anew, mean", overCold.Average(), 0.001),
                Target.AtMost("processor time, refreshed over trained anew, worst seed", shares.Max(), 0.1),
                Target.AtMost("loss of day 0 gained, refreshed over plain warm start, mean", forgetting.Average(), 0.5),
            ]);
    }

    /// <summary>The first model, and what training anew on all rows so far gives each day.</summary>
    public static (ResponseModel First, double[] Losses, double[] Stale, double Seconds) Cold(DriftingStream stream, ulong seed)
    {
        var (features, labels) = stream.Draw(0, FirstRows);
        var first = ResponseModel.Train(features, new int[labels.Length], labels, Network(seed, true));
        var tables = new List<FeatureTable> { features };
        var all = labels.ToList();
        double[] losses = new double[Days], stale = new double[Days];
        double seconds = 0;
        for (var day = 1; day <= Days; day++)
        {
            var (more, moreLabels) = stream.Draw(day, DayRows);
            tables.Add(more);
            all.AddRange(moreLabels);
            var whole = Join(tables);
            var model = Timed(() => ResponseModel.Train(whole, new int[all.Count], [.. all], Network(seed, false)), ref seconds);
            (losses[day - 1], stale[day - 1]) = (LossOf(model, stream, day + 1), LossOf(first, stream, day + 1));
        }
        return (first, losses, stale, seconds);
    }

    /// <summary>A refresh a day, and how much the loss under the law of day 0 has risen in the end.</summary>
    public static (double[] Losses, double Forgotten, double Seconds) Refreshed(DriftingStream stream, ResponseModel first, RefreshOptions options)
    {
        var losses = new double[Days];
        double seconds = 0;
        var model = first;
        for (var day = 1; day <= Days; day++)
        {
            var (features, labels) = stream.Draw(day, DayRows);
            var before = model;
            model = Timed(() => before.Refresh(features, new int[labels.Length], labels, options with { Seed = (ulong)day }), ref seconds);
            losses[day - 1] = LossOf(model, stream, day + 1);
        }
        return (losses, LossOf(model, stream, 0) - LossOf(first, stream, 0), seconds);
    }

    /// <summary>On rows of the day that no model has seen.</summary>
    private static double LossOf(ResponseModel model, DriftingStream stream, int day)
    {
        var (features, labels) = stream.Draw(day, JudgedRows, part: 1);
        return BinaryMetrics.Compute(model.Predict(features, 0), labels).LogLoss;
    }

    private static T Timed<T>(Func<T> run, ref double seconds)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = run();
        process.Refresh();
        seconds += (process.TotalProcessorTime - before).TotalSeconds;
        return result;
    }

    private static FeatureTable Join(List<FeatureTable> tables) => new(
    [
        .. tables[0].Schema.Select(spec => spec.Kind == FeatureKind.Numeric
            ? FeatureColumn.Numeric(spec.Name, [.. tables.SelectMany(table => table.Column(spec).Numbers.ToArray())])
            : FeatureColumn.Categorical(spec.Name, [.. tables.SelectMany(table => table.Column(spec).Names.ToArray())])),
    ]);
}
