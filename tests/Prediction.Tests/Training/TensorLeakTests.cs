using Noah.Prediction.Response;
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
    public void TrainPredict_OfValue_LeavesNoTensor() => TensorLeakGuard.AssertNoneLeft(() =>
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2, BatchSize = 100 };
        ValueModel.Train(_campaign.Features, _campaign.Actions, _campaign.Amount, options).Predict(_campaign.Features, 1);
    });
}
