using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Training;

[Collection(AloneCollection.Name)]
public sealed class ThreadsTests
{
    private static readonly ResponseOptions Options = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 3,
        BatchSize = 1_300,
        // So wide that a batch is cut into pieces, and so long that its look-ups are as well.
        Hidden = [4096, 8],
        CrossAttention = true,
        CalibrationFeatures = ["region"],
        EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
        Device = ComputeDevice.Cpu,
    };

    private readonly SyntheticCampaign _campaign = SyntheticCampaign.Create(2_600, 29);

    [Fact]
    public void Train_RowWiseByThreads_GivesTheBitsOfOne()
    {
        var one = Train(1);
        foreach (int threads in new[] { 2, 5 })
        {
            var many = Train(threads);
            Assert.Equal(one.Training.Curve.Select(epoch => epoch.ValidationLoss), many.Training.Curve.Select(epoch => epoch.ValidationLoss));
            Assert.Equal(one.Embed(_campaign.Features), many.Embed(_campaign.Features));
            Assert.Equal(one.Predict(_campaign.Features, 1), many.Predict(_campaign.Features, 1));
        }
    }

    [Fact]
    public void Train_RowWiseByThreads_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() => Train(3));

    private ResponseModel Train(int threads) =>
        ResponseModel.Train(_campaign.Features, _campaign.Actions, _campaign.Response, Options with { Threads = threads });
}
