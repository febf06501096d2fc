using Noah.Prediction.Response;
using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Training;

[Collection(AloneCollection.Name)]
public sealed class MatrixProductsTests
{
    private static readonly ResponseOptions Medium = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 2,
        BatchSize = 256,
        Hidden = [64, 32],
        EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
        MatrixPrecision = MatrixPrecision.Medium,
        Device = ComputeDevice.Cpu,
    };

    private static bool IsFull => MatrixProducts.Used(Medium) == MatrixPrecision.Full;

    [Fact]
    public void Use_OfMedium_RoundsFactorsToBfloat16AndGoesBack()
    {
        Assert.SkipWhen(IsFull, "This processor has no bfloat16 products.");
        using var scope = NewDisposeScope();
        var random = new Random(3);
        Tensor Draw() => TorchRuntime.TensorOf([.. Enumerable.Range(0, 256 * 256).Select(_ => (float)SyntheticCampaign.Normal(random))], [256, 256], CPU);
        Tensor a = Draw(), b = Draw();
        float[] exact = TorchRuntime.ToArray(a.mm(b));
        float[] rounded = TorchRuntime.ToArray(a.to(ScalarType.BFloat16).to(ScalarType.Float32).mm(b.to(ScalarType.BFloat16).to(ScalarType.Float32)));
        using (MatrixProducts.Use(Medium))
        {
            float[] medium = TorchRuntime.ToArray(a.mm(b));
            Assert.NotEqual(exact, medium);
            Assert.All(rounded, (value, i) => Assert.Equal(value, medium[i], 1e-3));
        }
        Assert.Equal(exact, TorchRuntime.ToArray(a.mm(b)));
    }

    [Fact]
    public void Train_InMedium_RepeatsItsBytesAndSaysWhatItUsed()
    {
        var campaign = SyntheticCampaign.Create(1_000, 8);
        ResponseModel Train(ResponseOptions options) => ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, options);
        var model = Train(Medium);
        Assert.Equal(IsFull ? MatrixPrecision.Full : MatrixPrecision.Medium, model.Training.MatrixPrecision);
        float[] medium = model.Embed(campaign.Features);
        Assert.Equal(medium, Train(Medium).Embed(campaign.Features));
        float[] full = Train(Medium with { MatrixPrecision = MatrixPrecision.Full }).Embed(campaign.Features);
        Assert.Equal(IsFull, full.AsSpan().SequenceEqual(medium));
    }
}
