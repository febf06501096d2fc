using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Training;

public sealed class CheckpointTests
{
    private static readonly SyntheticCampaign Campaign = SyntheticCampaign.Create(400, 31);

    private static readonly ResponseOptions Options = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 5,
        BatchSize = 64,
        Seed = 7,
    };

    [Theory]
    [InlineData(1, OptimizerKind.Adam)]
    [InlineData(3, OptimizerKind.Adam)]
    [InlineData(7, OptimizerKind.Adam)]
    [InlineData(7, OptimizerKind.Sgd)]
    [InlineData(3, OptimizerKind.Adam, EmbeddingOptimizer.RowWise)]
    public void Train_GoneOnWithAfterACancel_EndsWithTheBytesOfAnUninterruptedTraining(
        int epochs, OptimizerKind kind, EmbeddingOptimizer embeddings = EmbeddingOptimizer.Auto)
    {
        var options = Options with { Optimizer = kind, LearningRate = 0.02, EmbeddingOptimizer = embeddings, WarmupShare = 0.3 };
        byte[] whole = Bytes(ResponseModel.Train(Campaign.Features, Campaign.Actions, Campaign.Response, options).Save);
        var store = new Store();
        using var cancel = new CancellationTokenSource();
        var progress = new Counting(epochs, cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, options, progress, store.Checkpoints, cancel.Token));
        Assert.NotNull(store.Written);
        var goneOn = new Counting(int.MaxValue, cancel);
        var model = ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, options, goneOn, store.Checkpoints);
        Assert.Equal(whole, Bytes(model.Save));
        Assert.True(goneOn.Seen <= 10 - epochs);
    }

    [Fact]
    public void Train_OfAValueModel_GoesOnToo()
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 4, BatchSize = 64 };
        byte[] whole = Bytes(ValueModel.Train(Campaign.Features, Campaign.Actions, Campaign.Amount, options).Save);
        var store = new Store();
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => ValueModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Amount, options, new Counting(5, cancel), store.Checkpoints, cancel.Token));
        var model = ValueModel.Train(Campaign.Features, Campaign.Actions, Campaign.Amount, options, null, store.Checkpoints);
        Assert.Equal(whole, Bytes(model.Save));
    }

    [Fact]
    public void Train_WithTheCheckpointOfOtherOptionsOrDamaged_IsRefused()
    {
        var store = new Store();
        ResponseModel.Train(Campaign.Features, Campaign.Actions, Campaign.Response, Options, checkpoints: store.Checkpoints);
        Assert.Throws<InvalidDataException>(() => ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, Options with { Seed = 8 }, checkpoints: store.Checkpoints));
        store.Written![100] ^= 1;
        Assert.Throws<InvalidDataException>(() => ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, Options, checkpoints: store.Checkpoints));
    }

    [Fact]
    public void Train_RowWiseWithMicroBatches_IsRefused() => Assert.Throws<ArgumentException>(() => ResponseModel.Train(
        Campaign.Features, Campaign.Actions, Campaign.Response,
        Options with { EmbeddingOptimizer = EmbeddingOptimizer.RowWise, MicroBatchSam = new MicroBatchSamOptions() }));

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    /// <summary>The last state written, as a host's file would hold it.</summary>
    private sealed class Store
    {
        public Store() => Checkpoints = new TrainingCheckpoints(
            () => Written is null ? null : new MemoryStream(Written), () => new Kept(bytes => Written = bytes));

        public TrainingCheckpoints Checkpoints { get; }

        public byte[]? Written { get; private set; }
    }

    private sealed class Kept(Action<byte[]> keep) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            keep(ToArray());
            base.Dispose(disposing);
        }
    }

    private sealed class Counting(int until, CancellationTokenSource cancel) : IProgress<TrainingProgress>
    {
        public int Seen { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (++Seen == until)
            {
                cancel.Cancel();
            }
        }
    }
}
