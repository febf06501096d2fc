using Noah.Prediction.Response;
using Noah.Prediction.Tests.Serving;
using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Prediction.Tests.Training;

/// <summary>A CUDA device gives what the processor gives, to 1e-4. `./noah test --cuda` runs them; without a device they are skipped.</summary>
[Trait("Device", "Cuda")]
public sealed class CudaParityTests
{
    private const double Tolerance = 1e-4;

    private static readonly ResponseOptions OnProcessor =
        new() { Actions = SyntheticCampaign.ActionNames, Device = ComputeDevice.Cpu, Folds = 2, MaxEpochs = 1 };

    private static readonly ResponseOptions OnDevice = OnProcessor with { Device = ComputeDevice.Auto };

    public CudaParityTests() => Assert.SkipUnless(torch.cuda.is_available(), "libtorch finds no CUDA device.");

    [Fact]
    public void Outputs_OfRandomNetworks_EqualTheProcessors()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new RandomNetwork(seed);
            AssertClose(
                NetworkScorer.Outputs(random.Network, random.Weights, random.Rows, random.Actions, OnProcessor),
                NetworkScorer.Outputs(random.Network, random.Weights, random.Rows, random.Actions, OnDevice));
        }
    }

    [Theory]
    [InlineData(EmbeddingOptimizer.Adam)]
    [InlineData(EmbeddingOptimizer.RowWise)]
    public void Training_OfOneEpoch_EndsWhereTheProcessorDoes(EmbeddingOptimizer optimizer)
    {
        var campaign = SyntheticCampaign.Create(2_000, 7);
        var (expected, actual) = (Train(OnProcessor), Train(OnDevice));
        Assert.Equal("cuda", actual.Device);
        AssertClose(Losses(expected), Losses(actual));

        TrainingReport Train(ResponseOptions options) =>
            ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, options with { EmbeddingOptimizer = optimizer }).Training;
    }

    [Fact]
    public void Training_Twice_GivesTheSameBits()
    {
        var campaign = SyntheticCampaign.Create(2_000, 7);
        float[] first = Predict(), second = Predict();
        Assert.Equal(first, second);

        float[] Predict() => ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, OnDevice).Predict(campaign.Features, 1);
    }

    private static float[] Losses(TrainingReport report) => [.. report.Curve.Select(epoch => (float)epoch.ValidationLoss)];

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"Number {i} is {actual[i]} on the device and {expected[i]} on the processor.");
        }
    }
}
