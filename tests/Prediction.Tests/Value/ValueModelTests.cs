using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Value;

public sealed class ValueModelTests
{
    private static readonly ValueOptions Options = new() { Actions = SyntheticCampaign.ActionNames };

    [Fact]
    public void Train_OnKnownTruth_OrdersAndMatchesTotals()
    {
        var train = SyntheticCampaign.Create(12_000, 31);
        var test = SyntheticCampaign.Create(12_000, 32);
        var model = ValueModel.Train(train.Features, train.Actions, train.Amount, Options, cancellation: TestContext.Current.CancellationToken);
        var metrics = model.Evaluate(test.Features, test.Actions, test.Amount);
        double best = ValueMetrics.Compute(test.TrueMean, new float[12_000], test.Amount).NormalizedGini!.Value;
        Assert.True(metrics.NormalizedGini > 0.95 * best, $"Normalised Gini is {metrics.NormalizedGini:F3}; the true mean's is {best:F3}.");
        Assert.InRange(metrics.MeanPredicted / metrics.MeanActual, 0.9, 1.1);
        Assert.True(metrics.DecileMape < 0.25, $"Decile MAPE is {metrics.DecileMape:F3}.");
        Assert.True(metrics.Positive.ExpectedCalibrationError < 0.02);
    }

    [Fact]
    public void Train_WithoutInformation_FindsTheMaximumLikelihoodOfTheLognormal()
    {
        // One constant feature: the optimum is the share of positives and the mean and deviation of their logarithms.
        var random = new Random(33);
        float[] amounts = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() < 0.25 ? (float)Math.Exp(2 + 0.9 * SyntheticCampaign.Normal(random)) : 0f)];
        var table = new FeatureTable([FeatureColumn.Numeric("constant", new float[20_000])]);
        var prediction = ValueModel.Train(table, new int[20_000], amounts, new ValueOptions { Folds = 2 }).Predict(table, 0)[0];
        Assert.InRange(prediction.PositiveProbability, 0.24, 0.26);
        Assert.InRange(prediction.Mean / amounts.Average(), 0.98, 1.02);
        Assert.InRange(prediction.P90 / amounts.Order().ElementAt(18_000), 0.93, 1.07);
    }

    [Fact]
    public void PredictAll_IsWhatEachPredictionAloneSays()
    {
        var data = SyntheticCampaign.Create(5_000, 62);
        var model = ValueModel.Train(data.Features, data.Actions, data.Amount, Options with { Folds = 2, MaxEpochs = 2 });
        var all = model.PredictAll(data.Features);
        for (int action = 0; action < all.Length; action++)
        {
            Assert.Equal(model.Predict(data.Features, action), all[action]);
        }
    }

    [Fact]
    public void Predict_OfAnyRow_HasOrderedQuantilesAndAFiniteMean()
    {
        var campaign = SyntheticCampaign.Create(1_000, 34);
        var model = ValueModel.Train(campaign.Features, campaign.Actions, campaign.Amount, Options with { Folds = 2, MaxEpochs = 3 });
        Assert.All(model.Predict(campaign.Features, 1), p =>
        {
            Assert.InRange(p.PositiveProbability, 0, 1);
            Assert.True(double.IsFinite(p.Mean) && p.Mean >= 0);
            Assert.True(0 <= p.P10 && p.P10 <= p.P50 && p.P50 <= p.P90 && double.IsFinite(p.P90));
        });
    }

    [Fact]
    public void Train_WithoutAnyAmount_PredictsZeroAndSaysSo()
    {
        var campaign = SyntheticCampaign.Create(100, 35);
        var model = ValueModel.Train(campaign.Features, campaign.Actions, new float[100], Options);
        Assert.Equal(0, model.Positives);
        Assert.All(model.Predict(campaign.Features, 1), p => Assert.Equal(default, p));
        Assert.Null(model.Evaluate(campaign.Features, campaign.Actions, new float[100]).NormalizedGini);
    }

    [Fact]
    public void Train_WhereEveryAmountIsPositiveAndEqual_PredictsIt()
    {
        var campaign = SyntheticCampaign.Create(200, 36);
        float[] amounts = [.. Enumerable.Repeat(50f, 200)];
        var model = ValueModel.Train(campaign.Features, campaign.Actions, amounts, Options with { Folds = 2, MaxEpochs = 3 });
        Assert.InRange(model.Predict(campaign.Features, 0).Average(p => p.Mean), 45, 55);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Train_OfAnImpossibleAmount_Throws(float amount)
    {
        var campaign = SyntheticCampaign.Create(100, 37);
        campaign.Amount[3] = amount;
        Assert.Throws<ArgumentOutOfRangeException>("amounts", () => ValueModel.Train(campaign.Features, campaign.Actions, campaign.Amount, Options));
    }
}
