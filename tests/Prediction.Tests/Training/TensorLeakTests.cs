using Noah.Prediction.Calibration;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Training;

[Collection(AloneCollection.Name)]
public sealed class TensorLeakTests
{
    private readonly SyntheticCampaign _campaign = SyntheticCampaign.Create(400, 23);

    [Fact]
    public void TrainPredictEmbed_OfResponse_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ResponseOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2, BatchSize = 100 };
        var model = ResponseModel.Train(_campaign.Features, _campaign.Actions, _campaign.Response, options);
        model.Predict(_campaign.Features, 1);
        model.Embed(_campaign.Features);
    });

    [Fact]
    public void TrainPredict_OfResponseWithAllParts_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ResponseOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 2,
            MaxEpochs = 2,
            BatchSize = 100,
            CrossAttention = true,
            DenseGating = true,
            EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
            CalibrationFeatures = ["region"],
        };
        ResponseModel.Train(_campaign.Features, _campaign.Actions, _campaign.Response, options).Predict(_campaign.Features, 1);
    });

    [Fact]
    public void Refresh_OfResponse_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ResponseOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 1, BatchSize = 100, KeepCurvature = true };
        ResponseModel.Train(_campaign.Features, _campaign.Actions, _campaign.Response, options)
            .Refresh(_campaign.Features, _campaign.Actions, _campaign.Response);
    });

    [Fact]
    public void Refresh_OfValue_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 1, BatchSize = 100, KeepCurvature = true };
        ValueModel.Train(_campaign.Features, _campaign.Actions, _campaign.Amount, options)
            .Refresh(_campaign.Features, _campaign.Actions, _campaign.Amount);
    });

    [Fact]
    public void FitApply_OfACalibrator_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var region = new FeatureTable([_campaign.Features.Columns[2]]);
        var options = new IsotonicCalibratorOptions { Epochs = 2, BatchSize = 100 };
        IsotonicCalibrator.Fit(_campaign.Amount, region, _campaign.Response, options).Apply(_campaign.Amount, region);
    });

    [Fact]
    public void TrainPredict_OfValue_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2, BatchSize = 100 };
        ValueModel.Train(_campaign.Features, _campaign.Actions, _campaign.Amount, options).Predict(_campaign.Features, 1);
    });
}
