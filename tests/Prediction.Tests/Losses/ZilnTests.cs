using Noah.Prediction.Losses;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Losses;

public sealed class ZilnTests
{
    private static readonly float SigmaOne = (float)Ziln.InverseSoftplus(1);

    [Fact]
    public void Loss_OfStandardLognormalAtOne_IsTheClosedForm()
    {
        Assert.Equal(Math.Log(2) + 0.5 * Math.Log(2 * Math.PI), Loss([0f, 0f, SigmaOne], 1f), 5);
    }

    [Fact]
    public void Loss_OfZeroAmount_IsTheCrossEntropyAlone()
    {
        Assert.Equal(Math.Log(1 + Math.Exp(2)), Loss([2f, 50f, 50f], 0f), 5);
    }

    [Theory]
    [InlineData(0f, 0.3f, 1.2f, -0.4f)]
    [InlineData(40f, -1f, 3f, 0.7f)]
    [InlineData(1e-3f, 2f, 0f, 1f)]
    public void Loss_Gradient_MatchesFiniteDifferences(float amount, float logit, float mu, float s)
    {
        using var scope = NewDisposeScope();
        float[] at = [logit, mu, s];
        var outputs = tensor(at, [1, 3]).requires_grad_(true);
        var gradient = autograd.grad([Ziln.Loss(outputs, tensor([amount]))], [outputs])[0].data<float>().ToArray();
        for (int i = 0; i < 3; i++)
        {
            float[] up = [.. at], down = [.. at];
            up[i] += 0.01f;
            down[i] -= 0.01f;
            double expected = (Loss(up, amount) - Loss(down, amount)) / 0.02;
            Assert.InRange(gradient[i] - expected, -0.005 * (1 + Math.Abs(expected)), 0.005 * (1 + Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(-1000f)]
    [InlineData(1000f)]
    public void Loss_AtExtremeSigma_StaysFinite(float s) => Assert.True(float.IsFinite((float)Loss([0f, 1f, s], 3f)));

    [Fact]
    public void Read_OfExtremeOutputs_IsBounded()
    {
        var high = Ziln.Read([100f, 100f, 100f], maxMu: 6);
        Assert.Equal((1.0, 6.0, 3.0), (high.Positive, high.Mu, high.Sigma));
        Assert.Equal(1e-3, Ziln.Read([0f, 0f, -100f], 6).Sigma);
    }

    [Fact]
    public void MeanAndQuantiles_MatchASimulation()
    {
        var parameters = new ZilnParameters(0.6, 2, 0.7);
        var random = new Random(9);
        double[] draws = [.. Enumerable.Range(0, 400_000)
            .Select(_ => random.NextDouble() < 0.6 ? Math.Exp(2 + 0.7 * SyntheticCampaign.Normal(random)) : 0).Order()];
        Assert.InRange(parameters.Mean / draws.Average(), 0.99, 1.01);
        Assert.Equal(0, parameters.Quantile(0.3));
        Assert.InRange(parameters.Quantile(0.5) / draws[200_000], 0.98, 1.02);
        Assert.InRange(parameters.Quantile(0.9) / draws[360_000], 0.98, 1.02);
    }

    // Python 3.11, statistics.NormalDist().inv_cdf.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.9999999, 5.199337582290662)]
    public void NormalQuantile_OfKnownProbabilities_MatchesR(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(probability), 6);

    private static double Loss(float[] outputs, float amount)
    {
        using var scope = NewDisposeScope();
        return Ziln.Loss(tensor(outputs, [1, 3]), tensor([amount])).item<float>();
    }
}
