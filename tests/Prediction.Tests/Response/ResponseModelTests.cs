using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Response;

public sealed class ResponseModelTests
{
    private static readonly ResponseOptions Options = new() { Actions = SyntheticCampaign.ActionNames };

    private static readonly ResponseOptions Quick = Options with { Folds = 2, MaxEpochs = 2, BatchSize = 128 };

    [Fact]
    public void Train_WhereEffectsDiffer_RanksMembersByTheirTrueIncrement()
    {
        var train = SyntheticCampaign.Create(20_000, 11);
        var test = SyntheticCampaign.Create(10_000, 12);
        var model = ResponseModel.Train(train.Features, train.Actions, train.Response, Options, cancellation: TestContext.Current.CancellationToken);
        float[] without = model.Predict(test.Features, 0), with = model.Predict(test.Features, 1);
        float[] predicted = [.. with.Zip(without, (a, b) => a - b)];
        float[] truth = [.. test.TrueIncrement.Select(increment => (float)increment)];
        double? correlation = Ranking.Spearman(predicted, truth);
        Assert.True(correlation > 0.9, $"Rank correlation with the true increments is {correlation:F3}.");
        Assert.InRange(predicted.Average() - truth.Average(), -0.02, 0.02);
        var metrics = model.Evaluate(test.Features, test.Actions, test.Response);
        Assert.True(metrics.LogLoss < metrics.BaseRateLogLoss - 0.03);
        Assert.True(metrics.ExpectedCalibrationError < 0.02);
        Assert.Equal(CalibrationKind.Isotonic, model.Outcomes[0].Calibration);
    }

    [Fact]
    public void Train_WithTheSameSeed_GivesTheSameBits()
    {
        var campaign = SyntheticCampaign.Create(1_000, 13);
        float[] Run(ulong seed) => ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, Quick with { Seed = seed })
            .Predict(campaign.Features, 1);
        float[] first = Run(7), second = Run(7), other = Run(8);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Train_TwoOutcomes_PredictsEach()
    {
        var campaign = SyntheticCampaign.Create(4_000, 14);
        float[] opposite = [.. campaign.Response.Select(y => 1 - y)];
        var model = ResponseModel.Train(
            campaign.Features, campaign.Actions, [campaign.Response, opposite], Options with { Outcomes = ["yes", "no"], Folds = 2 });
        double yes = model.Predict(campaign.Features, 0).Average(), no = model.Predict(campaign.Features, 0, 1).Average();
        Assert.InRange(yes + no, 0.97, 1.03);
        Assert.True(model.Evaluate(campaign.Features, campaign.Actions, opposite, 1).Auc > 0.65);
    }

    [Fact]
    public void PredictAll_IsWhatEachPredictionAloneSays()
    {
        var data = SyntheticCampaign.Create(5_000, 61);
        var model = ResponseModel.Train(
            data.Features, data.Actions, [data.Response, [.. data.Amount.Select(amount => amount > 0 ? 1f : 0f)]], Quick with { Outcomes = ["visit", "buy"] });
        float[][][] all = model.PredictAll(data.Features);
        for (int outcome = 0; outcome < 2; outcome++)
        {
            for (int action = 0; action < SyntheticCampaign.ActionNames.Length; action++)
            {
                Assert.Equal(model.Predict(data.Features, action, outcome), all[outcome][action]);
            }
        }
    }

    [Fact]
    public void Train_WithoutVariation_PredictsOneConstantAndSaysSo()
    {
        var campaign = SyntheticCampaign.Create(200, 15);
        var model = ResponseModel.Train(campaign.Features, campaign.Actions, new float[200], Quick);
        Assert.False(model.Outcomes[0].Varies);
        Assert.Equal(CalibrationKind.None, model.Outcomes[0].Calibration);
        Assert.Empty(model.Training.Folds);
        Assert.Single(model.Predict(campaign.Features, 1).Distinct());
    }

    [Fact]
    public void Predict_UnderAnActionWithoutRows_EqualsNone()
    {
        var campaign = SyntheticCampaign.Create(500, 16);
        var model = ResponseModel.Train(
            campaign.Features, campaign.Actions, campaign.Response, Quick with { Actions = ["none", "mail", "never"] });
        Assert.Equal(0, model.Training.RowsPerAction[2]);
        Assert.Equal(model.Predict(campaign.Features, 0), model.Predict(campaign.Features, 2));
    }

    [Fact]
    public void Train_OfNamesAlone_AndOfNumbersAlone_AndOfOneAction_Works()
    {
        var campaign = SyntheticCampaign.Create(300, 17);
        var alone = Quick with { Actions = ["none"] };
        foreach (var column in campaign.Features.Columns)
        {
            var table = new FeatureTable([column]);
            float[] predicted = ResponseModel.Train(table, new int[300], campaign.Response, alone).Predict(table, 0);
            Assert.All(predicted, p => Assert.InRange(p, 0f, 1f));
        }
    }

    [Fact]
    public void Predict_OfAnEmptyTable_IsEmpty()
    {
        var campaign = SyntheticCampaign.Create(300, 18);
        var model = ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, Quick);
        Assert.Empty(model.Predict(campaign.Features.Select([]), 1));
    }

    [Fact]
    public void Embed_OfRows_DoesNotDependOnItsNeighbours()
    {
        var campaign = SyntheticCampaign.Create(300, 19);
        var model = ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, Quick);
        float[] all = model.Embed(campaign.Features), one = model.Embed(campaign.Features.Select([42]));
        Assert.Equal(300 * model.EmbeddingWidth, all.Length);
        for (int i = 0; i < one.Length; i++)
        {
            Assert.Equal(all[42 * model.EmbeddingWidth + i], one[i], 4);
        }
    }

    [Fact]
    public void Train_ReportsEveryEpochAndEchoesItsOptions()
    {
        var campaign = SyntheticCampaign.Create(300, 20);
        var told = new List<TrainingProgress>();
        var model = ResponseModel.Train(campaign.Features, campaign.Actions, campaign.Response, Quick with { Seed = 99 }, new Listener(told));
        Assert.Equal(told, model.Training.Curve);
        Assert.Equal(4, told.Count);
        Assert.Equal(99UL, model.Training.Seed);
        Assert.Equal(64, model.Training.DataDigest.Length);
        Assert.Equal(300, model.Training.RowsPerAction.Sum());
        Assert.Equal([150, 150], model.Training.Folds.Select(fold => fold.ValidationRows));
    }

    [Fact]
    public void Train_WhenCancelled_Throws()
    {
        var campaign = SyntheticCampaign.Create(300, 21);
        Assert.Throws<OperationCanceledException>(() => ResponseModel.Train(
            campaign.Features, campaign.Actions, campaign.Response, Quick, cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void Train_OfWrongArguments_NamesThem()
    {
        var campaign = SyntheticCampaign.Create(100, 22);
        var (features, actions, labels) = (campaign.Features, campaign.Actions, campaign.Response);
        Assert.Throws<ArgumentException>("features", () => ResponseModel.Train(features.Select([0, 1]), [0, 0], [0f, 1f], Quick));
        Assert.Throws<ArgumentException>("actions", () => ResponseModel.Train(features, [1], labels, Quick));
        Assert.Throws<ArgumentOutOfRangeException>("actions", () => ResponseModel.Train(features, [.. actions.Select(_ => 2)], labels, Quick));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => ResponseModel.Train(features, actions, [.. labels.Select(_ => 0.5f)], Quick));
        Assert.Throws<ArgumentException>("labels", () => ResponseModel.Train(features, actions, [0f], Quick));
        Assert.Throws<ArgumentException>("LearningRate", () => ResponseModel.Train(features, actions, labels, Quick with { LearningRate = 0 }));
        Assert.Throws<ArgumentException>("Actions", () => ResponseModel.Train(features, actions, labels, Quick with { Actions = ["a", "a"] }));
        Assert.Throws<ArgumentException>("Outcomes", () => ResponseModel.Train(features, actions, labels, Quick with { Outcomes = [] }));
        var model = ResponseModel.Train(features, actions, labels, Quick);
        Assert.Throws<ArgumentOutOfRangeException>("actions", () => model.Predict(features, 2));
        Assert.Throws<ArgumentOutOfRangeException>("outcome", () => model.Predict(features, 0, 1));
    }

    private sealed class Listener(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
