using Noah.Prediction.Baselines;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Baselines;

public sealed class LogisticBaselineTests
{
    [Fact]
    public void Train_OfActionsAlone_GivesEachArmsRate()
    {
        // Saturated model: the maximum likelihood is the rate of each arm.
        int[] actions = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        float[] labels = [.. Enumerable.Range(0, 300).Select(i => i / 3 < 10 * (1 + i % 3) ? 1f : 0f)];
        var table = new FeatureTable([FeatureColumn.Numeric("constant", new float[300])]);
        var baseline = LogisticBaseline.Train(table, actions, labels, 3, ridge: 1e-6);
        Assert.True(baseline.Converged);
        float[] predicted = baseline.Predict(table, actions);
        for (int action = 0; action < 3; action++)
        {
            Assert.Equal(0.1 * (1 + action), predicted[action], 4);
        }
    }

    [Fact]
    public void Train_OnKnownCoefficients_FindsThem()
    {
        var random = new Random(41);
        float[] x = [.. Enumerable.Range(0, 40_000).Select(_ => (float)SyntheticCampaign.Normal(random))];
        float[] labels = [.. x.Select(value => random.NextDouble() < SyntheticCampaign.Sigmoid(-1 + 0.7 * value) ? 1f : 0f)];
        var baseline = LogisticBaseline.Train(new FeatureTable([FeatureColumn.Numeric("x", x)]), new int[x.Length], labels, 1);
        float[] predicted = baseline.Predict(new FeatureTable([FeatureColumn.Numeric("x", [-1, 0, 1])]), [0, 0, 0]);
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(predicted[i] - SyntheticCampaign.Sigmoid(-1 + 0.7 * (i - 1)), -0.01, 0.01);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Train_OfOneClass_StaysFinite(float label)
    {
        var campaign = SyntheticCampaign.Create(100, 42);
        var baseline = LogisticBaseline.Train(campaign.Features, campaign.Actions, [.. Enumerable.Repeat(label, 100)], 2);
        Assert.All(baseline.Predict(campaign.Features, campaign.Actions), p => Assert.InRange(p, Math.Max(0, label - 0.1f), Math.Min(1, label + 0.1f)));
    }
}
