using Noah.Prediction.Losses;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Losses;

public sealed class LognormalMixtureTests
{
    [Fact]
    public void Loss_OfCoincidingComponents_IsThatOfOneLognormal()
    {
        float s = (float)Ziln.InverseSoftplus(0.8);
        foreach (float amount in new[] { 0f, 0.2f, 30f })
        {
            // q, μ, two s, two weights, one gap: far below 0, its softplus is 0.
            double two = Loss(new LognormalMixture(2, 1), [0.3f, 1.5f, s, s, 0.4f, -1f, -50f], [amount]);
            Assert.Equal(Loss(new LognormalMixture(1, 1), [0.3f, 1.5f, s], [amount]), two, 5);
        }
    }

    [Fact]
    public void Loss_OfTwoComponents_IsTheClosedForm()
    {
        float one = (float)Ziln.InverseSoftplus(1);
        // Weights 1/4 and 3/4, components at 0 and 2, amount 1, P(amount) = 1/2.
        double density = (0.25 + 0.75 * Math.Exp(-2)) / Math.Sqrt(2 * Math.PI);
        double loss = Loss(new LognormalMixture(2, 1), [0f, 0f, one, one, 0f, (float)Math.Log(3), (float)Ziln.InverseSoftplus(2)], [1f]);
        Assert.Equal(Math.Log(2) - Math.Log(density), loss, 5);
    }

    [Fact]
    public void Loss_OfSeveralHorizons_CountsTheFirstAmountOnce()
    {
        // q of two horizons, μ, s, shift. No amount, then one of 1: ln 2 for each hazard, the density at the second horizon alone.
        var mixture = new LognormalMixture(1, 2);
        float one = (float)Ziln.InverseSoftplus(1);
        double density = 0.5 * Math.Log(2 * Math.PI) + 0.5;
        Assert.Equal((2 * Math.Log(2) + density) / 2, Loss(mixture, [0f, 0f, 0f, one, one], [0f, 1f]), 5);
        Assert.Equal((Math.Log(2) + density + 0.5 * Math.Log(2 * Math.PI)) / 2, Loss(mixture, [0f, 0f, 0f, one, one], [1f, 1f]), 5);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0f, 12f)]
    [InlineData(3f, 1e3f)]
    public void Loss_Gradient_MatchesFiniteDifferences(float first, float second)
    {
        using var scope = NewDisposeScope();
        var mixture = new LognormalMixture(3, 2);
        float[] at = [0.3f, -0.4f, 0.5f, 0.2f, 0.9f, 1.4f, 0.1f, -0.7f, 0.6f, 0.8f, 1.1f, 0.2f];
        Assert.Equal(mixture.Outputs, at.Length);
        var outputs = tensor(at, [1, at.Length]).requires_grad_(true);
        var gradient = autograd.grad([mixture.Loss(outputs, tensor([first, second], [1, 2]))], [outputs])[0].data<float>().ToArray();
        for (int i = 0; i < at.Length; i++)
        {
            float[] up = [.. at], down = [.. at];
            up[i] += 0.01f;
            down[i] -= 0.01f;
            double expected = (Loss(mixture, up, [first, second]) - Loss(mixture, down, [first, second])) / 0.02;
            Assert.InRange(gradient[i] - expected, -0.005 * (1 + Math.Abs(expected)), 0.005 * (1 + Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(-1000f)]
    [InlineData(1000f)]
    public void Loss_AtExtremeOutputs_StaysFinite(float extreme)
    {
        var mixture = new LognormalMixture(2, 2);
        float[] outputs = new float[mixture.Outputs];
        outputs[3] = outputs[4] = outputs[6] = extreme;
        Assert.True(double.IsFinite(Loss(mixture, outputs, [0f, 3f])));
    }

    [Fact]
    public void Read_OfAnyOutputs_RisesWithTheHorizonInMeanAndEveryQuantile()
    {
        var mixture = new LognormalMixture(3, 4);
        var random = new Random(4);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] outputs = [.. Enumerable.Range(0, mixture.Outputs).Select(_ => (float)(2 * SyntheticCampaign.Normal(random)))];
            var horizons = mixture.Read(outputs, 8);
            for (int h = 1; h < horizons.Length; h++)
            {
                Assert.True(horizons[h].Positive >= horizons[h - 1].Positive);
                Assert.True(horizons[h].Mean >= horizons[h - 1].Mean);
                Assert.All([0.1, 0.5, 0.9, 0.99], p => Assert.True(horizons[h].Quantile(p) >= horizons[h - 1].Quantile(p) * (1 - 1e-8)));
            }
        }
    }

    [Fact]
    public void Start_IsADistributionWithTheGivenRatesMeanAndDeviation()
    {
        var mixture = new LognormalMixture(4, 2);
        var read = mixture.Read(mixture.Start([0.2, 0.5], 3, 1.2, [0.4]), 100);
        Assert.Equal(0.2, read[0].Positive, 1e-6);
        Assert.Equal(0.6, read[1].Positive, 1e-6);
        double mean = read[0].Mu.Average(), between = read[0].Mu.Average(mu => (mu - mean) * (mu - mean));
        Assert.Equal(3, mean, 1e-5);
        Assert.Equal(3.4, read[1].Mu.Average(), 1e-5);
        Assert.Equal(1.2 * 1.2, between + read[0].Sigma[0] * read[0].Sigma[0], 1e-5);
    }

    [Fact]
    public void MeanAndQuantiles_MatchASimulation()
    {
        var parameters = new MixtureParameters(0.6, [0.7, 0.3], [1, 4], [0.5, 0.9]);
        var random = new Random(10);
        double[] draws = [.. Enumerable.Range(0, 400_000).Select(_ => random.NextDouble() >= 0.6 ? 0
            : random.NextDouble() < 0.7 ? Math.Exp(1 + 0.5 * SyntheticCampaign.Normal(random)) : Math.Exp(4 + 0.9 * SyntheticCampaign.Normal(random))).Order()];
        Assert.InRange(parameters.Mean / draws.Average(), 0.98, 1.02);
        Assert.Equal(0, parameters.Quantile(0.4));
        Assert.InRange(parameters.Quantile(0.5) / draws[200_000], 0.98, 1.02);
        Assert.InRange(parameters.Quantile(0.8) / draws[320_000], 0.9, 1.1);
        Assert.InRange(parameters.Quantile(0.9) / draws[360_000], 0.98, 1.02);
        Assert.InRange(parameters.Quantile(0.999) / draws[399_600], 0.9, 1.1);
    }

    [Fact]
    public void Quantile_BetweenFarComponents_IsFoundInTheGap()
    {
        // Half of the amounts near e^0, half near e^20: the median lies in between, where there is hardly any density.
        var parameters = new MixtureParameters(1, [0.5, 0.5], [0, 20], [0.1, 0.1]);
        Assert.InRange(Math.Log(parameters.Quantile(0.5)), 0.3, 19.7);
        Assert.InRange(Math.Log(parameters.Quantile(0.25)), -0.01, 0.01);
        Assert.InRange(Math.Log(parameters.Quantile(0.75)), 19.99, 20.01);
    }

    // Python 3.11, statistics.NormalDist().cdf.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.9599639845400536, 0.975)]
    [InlineData(-3.090232306167813, 0.001)]
    [InlineData(-9, 0)]
    [InlineData(9, 1)]
    public void NormalDistribution_OfKnownArguments_MatchesPython(double x, double expected) =>
        Assert.Equal(expected, NormalDistribution.Cumulative(x), 14);

    private static double Loss(LognormalMixture mixture, float[] outputs, float[] amounts)
    {
        using var scope = NewDisposeScope();
        return mixture.Loss(tensor(outputs, [1, outputs.Length]), tensor(amounts, [1, amounts.Length])).item<float>();
    }
}
