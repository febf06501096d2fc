using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Training;

[Collection(AloneCollection.Name)]
public sealed class MicroBatchSamTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(4, 0.1)]
    [InlineData(60, 0.05)]
    public void Gradient_EqualsTheDefinitionInManagedDoubles(int shards, double radius)
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(60, 3);
        double[] at = [.. task.Weights.Select(w => (double)w)], expected = new double[at.Length];
        foreach (int[] shard in task.All.Chunk(60 / shards))
        {
            double[] gradient = task.GradientAt(at, shard);
            double norm = Math.Sqrt(gradient.Sum(g => g * g));
            double[] moved = task.GradientAt([.. at.Select((w, i) => w + radius * gradient[i] / norm)], shard);
            expected = [.. expected.Select((sum, i) => sum + moved[i] / shards)];
        }
        var (actual, _) = MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = shards, Radius = radius });
        float[] numbers = TorchRuntime.ToArray(actual);
        Assert.All(expected, (value, i) => Assert.Equal(value, numbers[i], 1e-6));
        Assert.Equal(task.Weights, TorchRuntime.ToArray(task.Flat.detach()));
    }

    [Fact]
    public void Gradient_WithoutRadius_IsTheBatchGradientToTheBit()
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(64, 4);
        float[] plain = TorchRuntime.ToArray(autograd.grad([task.Loss(task.Flat, task.All)], [task.Flat])[0]);
        var (one, loss) = MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = 1, Radius = 0 });
        Assert.Equal(plain, TorchRuntime.ToArray(one));
        Assert.Equal(TorchRuntime.ToArray(task.Loss(task.Flat, task.All))[0], loss, 1e-6);
        float[] seven = TorchRuntime.ToArray(MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = 7, Radius = 0 }).Gradient);
        Assert.All(plain, (value, i) => Assert.Equal(value, seven[i], 1e-7));
    }

    [Fact]
    public void Gradient_OfMoreShardsThanRows_TakesOneRowEach()
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(5, 5);
        float[] many = TorchRuntime.ToArray(MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = 4096 }).Gradient);
        float[] five = TorchRuntime.ToArray(MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = 5 }).Gradient);
        Assert.Equal(five, many);
    }

    [Fact]
    public void Gradient_LeavesOneTensor()
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(64, 6);
        long before = Tensor.TotalCount;
        var (gradient, _) = MicroBatchSam.Gradient(task.Flat, task.All.Length, task.Loss, new() { Shards = 16 });
        Assert.Equal(before + 1, Tensor.TotalCount);
        gradient.Dispose();
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Train_WithRadiusZeroAndOneShard_EndsWithTheBytesOfTheBaseOptimizer(OptimizerKind kind)
    {
        var campaign = SyntheticCampaign.Create(300, 7);
        var options = new ResponseOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 2,
            MaxEpochs = 2,
            BatchSize = 64,
            Optimizer = kind,
            LearningRate = 0.01,
        };
        float[] Scores(MicroBatchSamOptions? sam) => ResponseModel
            .Train(campaign.Features, campaign.Actions, campaign.Response, options with { MicroBatchSam = sam }).Embed(campaign.Features);
        float[] plain = Scores(null);
        Assert.Equal(plain, Scores(new() { Shards = 1, Radius = 0 }));
        Assert.NotEqual(plain, Scores(new() { Shards = 4, Radius = 0.1 }));
    }

    [Fact]
    public void Train_OfBothModels_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var campaign = SyntheticCampaign.Create(300, 8);
        var sam = new MicroBatchSamOptions { Shards = 4 };
        ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, new ResponseOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 2,
            MaxEpochs = 2,
            BatchSize = 100,
            MicroBatchSam = sam,
        });
        ValueModel.Train(campaign.Features, campaign.Actions, campaign.Amount, new ValueOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 2,
            MaxEpochs = 2,
            BatchSize = 100,
            MicroBatchSam = sam,
        });
    });

    [Fact]
    public void Train_WithAShardCountOrRadiusOutsideItsRange_IsRefused()
    {
        var campaign = SyntheticCampaign.Create(100, 9);
        void Refused(ResponseOptions options) => Assert.Throws<ArgumentException>(
            () => ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, options with { Actions = SyntheticCampaign.ActionNames }));
        Refused(new() { MicroBatchSam = new() { Shards = 0 } });
        Refused(new() { MicroBatchSam = new() { Radius = double.NaN } });
        Refused(new() { MicroBatchSam = new() { Radius = -0.1 } });
        Refused(new() { Momentum = 1 });
        Refused(new() { MaxGradientNorm = 0 });
        Refused(new() { Stability = new() { ProbeRows = 1 } });
    }
}
