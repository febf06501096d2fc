using Noah.Bench.Instances;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

/// <summary>A network of the <see cref="TrainingStudy"/>.</summary>
/// <param name="Word">On the command line, and for the peer.</param>
/// <param name="Name">For readers.</param>
/// <param name="Figure">Name of its rate among the figures.</param>
/// <param name="LeastRows">The target of its rate.</param>
internal sealed record TrainedNetwork(string Word, string Name, string Figure, double LeastRows)
{
    private const int Folds = 10;

    public static IReadOnlyList<TrainedNetwork> All { get; } =
    [
        new("ziln", "ZILN", "zilnTrainRowsPerSecond", 120_000),
        new("dcn", "DCNv2", "trainRowsPerSecond", 60_000),
        new("residual", "Residual DCN", "residualTrainRowsPerSecond", 40_000),
    ];

    public static FeatureEncoderOptions Encoder { get; } = new() { MinNameCount = 1, MaxNames = SyntheticContacts.MostNames };

    public bool IsValue => Word == "ziln";

    public bool HasAttention => Word == "residual";

    /// <summary>Of so many rows, those of an epoch's steps.</summary>
    public static int TrainingRows(int rows) => rows - rows / Folds;

    /// <summary>Its labels.</summary>
    public float[] LabelsOf(SyntheticContacts data) => IsValue ? data.Amounts : data.Clicks;

    /// <summary>Trains one network.</summary>
    /// <returns>The times, and the model of a response.</returns>
    public (EpochMeter Meter, ResponseModel? Model) Train(
        SyntheticContacts data, int epochs, int batch, MatrixPrecision precision = MatrixPrecision.Full, int threads = 1)
    {
        if (!IsValue)
        {
            var ended = new EpochMeter(epochs);
            var options = Options(epochs, batch) with { MatrixPrecision = precision, Threads = threads };
            return (ended, ResponseModel.Train(data.Features, new int[data.Clicks.Length], data.Clicks, options, ended));
        }
        using var stop = new CancellationTokenSource();
        var meter = new EpochMeter(epochs, stop);
        var value = new ValueOptions
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
            MatrixPrecision = precision,
            Threads = threads,
        };
        try
        {
            ValueModel.Train(data.Features, new int[data.Amounts.Length], data.Amounts, value, meter, cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // One network is enough to time: the others of a value model's folds would be the same again.
        }
        return (meter, null);
    }

    public ResponseOptions Options(int epochs, int batch) => new()
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
        CrossAttention = HasAttention,
        EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
        Encoder = Encoder,
    };
}
