using Noah.Bench.Instances;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

/// <summary>How many rows a second the networks of response and value learn and score, by processor time of one torch thread.</summary>
internal sealed class TrainingStudy : IStudy
{
    private const int Folds = 10;

    private static readonly FeatureEncoderOptions Encoder = new() { MinNameCount = 1, MaxNames = SyntheticContacts.MostNames };

    public string Name => "training";

    public string Claim =>
        "A million rows with 349,000 names train by the row-wise optimiser at 120,000 (ZILN), 60,000 (DCNv2) and 40,000 (Residual DCN) rows a processor second, in flat memory.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("rows", 1_000_000, 10_000, 20_000_000, "Rows; nine tenths train, a tenth validates, as many again are scored."),
        new("epochs", 3, 2, 100, "Epochs; the first is not timed."),
        new("batch", 4096, 16, 1_000_000, "Rows per step."),
        StudyParameter.Choice("network", "What is trained.", "all", "ziln", "dcn", "residual"),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int rows = parameters.Whole("rows"), epochs = parameters.Whole("epochs"), batch = parameters.Whole("batch");
        var wanted = parameters.Word("network");
        var data = SyntheticContacts.Draw(rows, 1);
        List<Figure> figures = [new Figure("bare matrix products, before", MatrixProducts.OperationsPerSecond() / 1e9, "GFLOP/s")];
        List<Target> targets = [];
        if (wanted is "all" or "ziln")
        {
            var meter = Ziln(data, epochs, batch);
            Add("zilnTrainRowsPerSecond", "ZILN", meter, 120_000);
        }
        if (wanted is "all" or "dcn")
        {
            Response("trainRowsPerSecond", "DCNv2", attention: false, 60_000);
        }
        if (wanted is "all" or "residual")
        {
            Response("residualTrainRowsPerSecond", "Residual DCN", attention: true, 40_000);
        }
        figures.Add(new Figure("bare matrix products, after", MatrixProducts.OperationsPerSecond() / 1e9, "GFLOP/s"));
        return new StudyResult(figures, targets)
        {
            Notes =
            [
                "A core of its own gives about 100 GFLOP/s in bare matrix products here; the targets are for such a core.",
                "PyTorch was not measured beside it: Debian's package is not part of this machine's image.",
            ],
        };

        void Add(string figure, string network, EpochMeter meter, double least)
        {
            var rate = meter.RowsPerSecond(rows - rows / Folds);
            figures.AddRange(
            [
                new Figure(figure, rate, "rows/s"),
                new Figure($"{network}: validation loss", meter.ValidationLoss, "of a constant's"),
                new Figure($"{network}: resident memory, last over first epoch", meter.Growth, "ratio"),
                new Figure($"{network}: resident memory", meter.ResidentMegabytes, "MB"),
            ]);
            targets.Add(Target.AtLeast($"rows trained per processor second, {network}", rate, least));
            targets.Add(Target.AtMost($"resident memory, last over first epoch, {network}", meter.Growth, 1.1));
        }

        void Response(string figure, string network, bool attention, double least)
        {
            var meter = new EpochMeter(epochs);
            var model = ResponseModel.Train(data.Features, new int[rows], data.Clicks, Options(epochs, batch, attention), meter);
            Add(figure, network, meter, least);
            var heldOut = SyntheticContacts.Draw(rows / Folds, 2);
            // The first pass compiles.
            model.Predict(heldOut.Features, 0);
            var start = Environment.CpuUsage.TotalTime;
            model.Predict(heldOut.Features, 0);
            var scored = heldOut.Clicks.Length / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            var metrics = model.Evaluate(heldOut.Features, new int[heldOut.Clicks.Length], heldOut.Clicks);
            figures.Add(new Figure(attention ? "residualScoreRowsPerSecond" : "scoreRowsPerSecond", scored, "rows/s"));
            figures.Add(new Figure($"{network}: held-out AUC", metrics.Auc ?? double.NaN, "share"));
            if (!attention)
            {
                targets.Add(Target.AtLeast($"rows scored per processor second, {network}, from names to probabilities", scored, 400_000));
            }
        }
    }

    private static EpochMeter Ziln(SyntheticContacts data, int epochs, int batch)
    {
        using var stop = new CancellationTokenSource();
        var meter = new EpochMeter(epochs, stop);
        var options = new ValueOptions
        {
            Folds = Folds,
            MaxEpochs = epochs + 1,
            BatchSize = batch,
            LearningRate = 0.003,
            EmbeddingWidth = 8,
            Hidden = [256, 128],
            CrossLayers = 0,
            EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
            Encoder = Encoder,
        };
        try
        {
            ValueModel.Train(data.Features, new int[data.Amounts.Length], data.Amounts, options, meter, cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // One network is enough to time: the others of a value model's folds would be the same again.
        }
        return meter;
    }

    private static ResponseOptions Options(int epochs, int batch, bool attention) => new()
    {
        Folds = Folds,
        Networks = 1,
        MaxEpochs = epochs,
        Patience = epochs,
        BatchSize = batch,
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
