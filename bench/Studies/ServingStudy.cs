using System.Diagnostics;
using Noah.Bench.Instances;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Serving;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>How fast trained networks score, in batches and a page of candidates at a time, and how near reduced precision comes.</summary>
internal sealed class ServingStudy : IStudy
{
    private const int Folds = 10, Explained = 10, ExplainCalls = 50;

    private static readonly FeatureEncoderOptions Encoder = new() { MinNameCount = 1, MaxNames = SyntheticContacts.MostNames };

    private static readonly int OnlineThreads = Math.Min(2, Environment.ProcessorCount);

    public string Name => "serving";

    public string Claim =>
        "A DCNv2 scores 400,000 rows a processor second in floats, 700,000 in bytes at 0.001 AUC at most, and 500 candidates within 1 ms at the 99th percentile; libtorch is the peer.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("rows", 300_000, 10_000, 20_000_000, "Rows that train."),
        new("epochs", 1, 1, 100, "Epochs."),
        new("scored", 100_000, 1_000, 10_000_000, "Rows that are scored."),
        new("candidates", 500, 1, 100_000, "Rows of an online call."),
        new("calls", 3_000, 100, 1_000_000, "Online calls."),
        StudyParameter.Choice("network", "What is trained.", "both", "dcn", "residual"),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int rows = parameters.Whole("rows");
        var data = SyntheticContacts.Draw(rows, 1);
        var heldOut = SyntheticContacts.Draw(parameters.Whole("scored"), 2);
        List<Figure> figures = [];
        List<Target> targets = [];
        foreach (bool attention in (bool[])[false, true])
        {
            if (parameters.Word("network") is "both" || parameters.Word("network") == (attention ? "residual" : "dcn"))
            {
                var model = ResponseModel.Train(data.Features, new int[rows], data.Clicks, Options(parameters.Whole("epochs"), attention));
                var measured = Measured(model, heldOut, parameters.Whole("candidates"), parameters.Whole("calls"));
                figures.AddRange(attention ? measured.Select(figure => figure with { Name = $"residual.{figure.Name}" }) : measured);
                if (!attention)
                {
                    targets.AddRange(Targets(measured));
                }
            }
        }
        return new StudyResult(figures, targets)
        {
            Notes =
            [
                "Rows a second are by processor time of one thread; milliseconds by the clock, of calls that two threads share where there are two cores.",
                "From names: encoding, network and calibration; otherwise of rows that are encoded already.",
            ],
        };
    }

    /// <summary>All figures of one model of one network, in the order of the report. For studies that have such a model.</summary>
    public static IReadOnlyList<Figure> Measured(ResponseModel model, SyntheticContacts heldOut, int candidates, int calls)
    {
        var reduced = model.ServedWith(new ScoringOptions { Precision = ScoringPrecision.Reduced });
        var torch = model.ServedWith(new ScoringOptions { Backend = ScoringBackend.Torch });
        var encoded = model.Encoder.Transform(heldOut.Features);
        int rows = encoded.Rows;
        float[] full = model.Predict(encoded, 0), bytes = reduced.Predict(encoded, 0), peer = torch.Predict(encoded, 0);
        double auc = Auc(full), reducedAuc = Auc(bytes);
        var page = heldOut.Features.Select([.. Enumerable.Range(0, Math.Min(candidates, rows))]);
        var encodedPage = model.Encoder.Transform(page);
        var explained = page.Select([.. Enumerable.Range(0, Math.Min(Explained, page.Rows))]);
        var online = model.ServedWith(new ScoringOptions { Threads = OnlineThreads });
        var reducedOnline = model.ServedWith(new ScoringOptions { Threads = OnlineThreads, Precision = ScoringPrecision.Reduced });
        var fromNames = Milliseconds(() => online.Predict(page, 0), calls);
        var fromCodes = Milliseconds(() => online.Predict(encodedPage, 0), calls);
        var reducedNames = Milliseconds(() => reducedOnline.Predict(page, 0), calls);
        var reducedCodes = Milliseconds(() => reducedOnline.Predict(encodedPage, 0), calls);
        var alone = Milliseconds(() => model.Predict(page, 0), calls);
        double[] rates = RowsPerSecond(
            rows,
            () => model.Predict(encoded, 0), () => reduced.Predict(encoded, 0), () => model.Predict(heldOut.Features, 0),
            () => reduced.Predict(heldOut.Features, 0), () => torch.Predict(encoded, 0));
        return
        [
            new("scoreRowsPerSecond", rates[0], "rows/s"),
            new("reducedScoreRowsPerSecond", rates[1], "rows/s"),
            new("scoreRowsPerSecondFromNames", rates[2], "rows/s"),
            new("reducedScoreRowsPerSecondFromNames", rates[3], "rows/s"),
            new("libtorchRowsPerSecond", rates[4], "rows/s"),
            new("onlineP50Ms", fromNames.Median, "ms"),
            new("onlineP99Ms", fromNames.Late, "ms"),
            new("onlineEncodedP50Ms", fromCodes.Median, "ms"),
            new("onlineEncodedP99Ms", fromCodes.Late, "ms"),
            new("reducedOnlineP50Ms", reducedNames.Median, "ms"),
            new("reducedOnlineP99Ms", reducedNames.Late, "ms"),
            new("reducedOnlineEncodedP50Ms", reducedCodes.Median, "ms"),
            new("reducedOnlineEncodedP99Ms", reducedCodes.Late, "ms"),
            new("onlineThreads", OnlineThreads, "threads"),
            new("oneThreadP50Ms", alone.Median, "ms"),
            new("oneThreadP99Ms", alone.Late, "ms"),
            new("explainMsPerRow", Milliseconds(() => model.Explain(explained, 0), ExplainCalls).Median / explained.Rows, "ms"),
            new("auc", auc, "share"),
            new("deltaAuc", Math.Abs(reducedAuc - auc), "share"),
            new("meanLogitDifference", LogitDifferences(full, bytes).Average(), "log odds"),
            new("maxLogitDifferenceOfLibtorch", LogitDifferences(full, peer).Max(), "log odds"),
        ];

        double Auc(float[] probabilities) => BinaryMetrics.Compute(probabilities, heldOut.Clicks).Auc ?? double.NaN;
    }

    private static Target[] Targets(IReadOnlyList<Figure> figures)
    {
        double Value(string name) => figures.Single(figure => figure.Name == name).Value;
        return
        [
            Target.AtLeast("rows scored per processor second, floats", Value("scoreRowsPerSecond"), 400_000),
            Target.AtLeast("rows scored per processor second, bytes", Value("reducedScoreRowsPerSecond"), 700_000),
            Target.AtMost("AUC lost or gained by bytes", Value("deltaAuc"), 0.001),
            Target.AtMost("milliseconds of 500 candidates, 99th percentile, from names", Value("onlineP99Ms"), 1),
            Target.AtMost("log odds against libtorch's, largest difference", Value("maxLogitDifferenceOfLibtorch"), 1e-4),
        ];
    }

    /// <summary>The best of some rounds, in turns, so that all ways meet the same hours: others only take processor time away.</summary>
    private static double[] RowsPerSecond(int rows, params Action[] ways)
    {
        const int Rounds = 12;
        var best = new double[ways.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var start = Environment.CpuUsage.TotalTime;
                ways[way]();
                best[way] = Math.Max(best[way], rows / (Environment.CpuUsage.TotalTime - start).TotalSeconds);
            }
        }
        return best;
    }

    private static (double Median, double Late) Milliseconds(Action call, int calls)
    {
        for (var i = 0; i < Math.Min(500, calls); i++)
        {
            call();
        }
        var times = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[calls / 2], times[Math.Min(calls - 1, (int)(0.99 * calls))]);
    }

    private static IEnumerable<double> LogitDifferences(float[] one, float[] other) => one.Zip(other, (a, b) => Math.Abs(Logit(a) - Logit(b)));

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));

    private static ResponseOptions Options(int epochs, bool attention) => new()
    {
        Folds = Folds,
        Networks = 1,
        MaxEpochs = epochs,
        Patience = epochs,
        BatchSize = 4096,
        LearningRate = 0.003,
        EmbeddingWidth = 16,
        Hidden = [256, 128, 64],
        CrossLayers = 3,
        CrossRank = 64,
        CrossAttention = attention,
        EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
        Encoder = Encoder,
    };
}
