using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Response;

public sealed class ResponseModelPartsTests
{
    private static readonly ResponseOptions AllParts = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 3,
        BatchSize = 128,
        CrossAttention = true,
        AttentionTemperature = 2,
        DenseGating = true,
        EmbeddingWidth = 4,
        EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
        WarmupShare = 0.3,
        CalibrationFeatures = ["region"],
        Encoder = new FeatureEncoderOptions { MinNameCount = 1, Vocabulary = VocabularyKind.QuotientRemainder, HashRows = 64 },
    };

    private readonly SyntheticCampaign _campaign = WithIds(SyntheticCampaign.Create(2_000, 31));

    [Fact]
    public void Load_OfSave_WithAllParts_PredictsTheSameBits()
    {
        var model = Train(AllParts);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        var loaded = ResponseModel.Load(file);
        Assert.Equal(model.Predict(_campaign.Features, 1), loaded.Predict(_campaign.Features, 1));
        Assert.Equal(AllParts.CalibrationFeatures, loaded.Options.CalibrationFeatures);
        Assert.Equal(VocabularyKind.QuotientRemainder, loaded.Options.Encoder.Vocabulary);
    }

    [Fact]
    public void Load_OfInt8Rows_IsSmallerAndPredictsNearlyTheSame()
    {
        var model = Train(AllParts with { EmbeddingWidth = 32 });
        using MemoryStream whole = new(), small = new();
        model.Save(whole);
        model.Save(small, WeightPrecision.Int8Rows);
        Assert.True(small.Length < whole.Length);
        small.Position = 0;
        float[] expected = model.Predict(_campaign.Features, 1), actual = ResponseModel.Load(small).Predict(_campaign.Features, 1);
        Assert.NotEqual(expected, actual);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => model.Save(small, (WeightPrecision)7));
    }

    [Fact]
    public void Train_WithAllParts_IsRepeatableAndLearns()
    {
        var model = Train(AllParts with { MaxEpochs = 10 });
        Assert.Equal(model.Predict(_campaign.Features, 1), Train(AllParts with { MaxEpochs = 10 }).Predict(_campaign.Features, 1));
        var metrics = model.Evaluate(_campaign.Features, _campaign.Actions, _campaign.Response);
        Assert.True(metrics.LogLoss < metrics.BaseRateLogLoss - 0.02, $"{metrics.LogLoss:F4} against {metrics.BaseRateLogLoss:F4}.");
    }

    [Fact]
    public void Train_WithOneNetwork_IsJudgedOnItsFoldAlone()
    {
        var model = Train(AllParts with { Folds = 5, Networks = 1 });
        Assert.Equal([(1, 1_600, 400)], model.Training.Folds.Select(fold => (fold.Fold, fold.TrainingRows, fold.ValidationRows)));
        Assert.All(model.Predict(_campaign.Features, 0), p => Assert.InRange(p, 0f, 1f));
        Assert.Equal(2_000, model.Outcomes[0].Rows);
    }

    [Fact]
    public void Train_WithWarmup_MovesLessInTheFirstEpoch()
    {
        double FirstLoss(double share) =>
            Train(AllParts with { WarmupShare = share, LearningRate = 0.0005, EmbeddingRate = 0.001, MaxEpochs = 4 }).Training.Curve[0].ValidationLoss;
        Assert.True(FirstLoss(0.6) > FirstLoss(0));
    }

    [Fact]
    public void Train_OfWrongOptions_NamesThem()
    {
        Refuses("CalibrationFeatures", AllParts with { CalibrationFeatures = ["engaged"] });
        Refuses("CalibrationFeatures", AllParts with { CalibrationFeatures = ["region", "region"] });
        Refuses("Networks", AllParts with { Networks = 3 });
        Refuses("AttentionTemperature", AllParts with { AttentionTemperature = 0 });
        Refuses("EmbeddingWidth", AllParts with { EmbeddingWidth = 0 });
        Refuses("EmbeddingOptimizer", AllParts with { EmbeddingOptimizer = (EmbeddingOptimizer)9 });
        Refuses("EmbeddingRate", AllParts with { EmbeddingRate = 0 });
        Refuses("WarmupShare", AllParts with { WarmupShare = 0.7 });
    }

    private void Refuses(string option, ResponseOptions options) => Assert.Throws<ArgumentException>(option, () => Train(options));

    private ResponseModel Train(ResponseOptions options) => ResponseModel.Train(
        _campaign.Features, _campaign.Actions, _campaign.Response, options, cancellation: TestContext.Current.CancellationToken);

    private static SyntheticCampaign WithIds(SyntheticCampaign campaign) => campaign with
    {
        Features = new FeatureTable(
        [
            .. campaign.Features.Columns,
            FeatureColumn.Categorical("id", [.. Enumerable.Range(0, campaign.Features.Rows).Select(row => $"id{row % 300}")]),
        ]),
    };
}
