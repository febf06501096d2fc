using System.Globalization;
using Noah.Prediction.Diagnostics;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Diagnostics;

public sealed class StabilityWatchTests
{
    private static readonly SyntheticCampaign Campaign = SyntheticCampaign.Create(600, 41);

    private static readonly ResponseOptions Hot = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 6,
        BatchSize = 64,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        LearningRate = 500,
        MaxGradientNorm = null,
        Device = ComputeDevice.Cpu,
    };

    [Fact]
    public void Train_AtAHotRate_WarnsWithTheNumberAndGoesOnAtALowerOne()
    {
        var model = ResponseModel.Train(Campaign.Features, Campaign.Actions, Campaign.Response, Hot, cancellation: TestContext.Current.CancellationToken);
        var alarm = model.Training.Stability.First(reading => reading.IsAlarm);
        Assert.Equal((1, 0, 500, StabilityState.Unstable), (alarm.Fold, alarm.Epoch, alarm.LearningRate, alarm.State));
        Assert.True(alarm.NextLearningRate <= alarm.DivergentRate);
        Assert.Contains(alarm.DivergentRate!.Value.ToString("G4", CultureInfo.InvariantCulture), alarm.ToString(), StringComparison.Ordinal);
        Assert.All(model.Predict(Campaign.Features, 1), p => Assert.InRange(p, 0, 1));
        Assert.True(model.Training.Curve[^1].TrainingLoss < 1.2);
    }

    [Fact]
    public void Train_AtAHotRateUnwatched_SaysThatTheLossIsNoNumber() =>
        Assert.Throws<InvalidOperationException>(() => ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, Hot with { Stability = null, LearningRate = 1000, Hidden = [32, 32, 32], WeightDecay = 0 },
            cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void Train_AsItComes_ReadsAndDoesNotWarn()
    {
        var options = new ResponseOptions { Actions = SyntheticCampaign.ActionNames, Device = ComputeDevice.Cpu };
        var large = SyntheticCampaign.Create(30_000, 42);
        var model = ResponseModel.Train(
            large.Features, large.Actions, large.Response, options with { Folds = 2, MaxEpochs = 4 }, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(model.Training.Stability);
        Assert.All(model.Training.Stability, reading =>
        {
            Assert.False(reading.IsAlarm);
            Assert.True(reading.Sharpness > 0 && reading.Coherence >= 1 && reading.SafeRate <= reading.DivergentRate);
        });
        var quiet = ResponseModel.Train(
            Campaign.Features, Campaign.Actions, Campaign.Response, options with { Folds = 2, Stability = null },
            cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(quiet.Training.Stability);
    }

    [Fact]
    public void Train_OfAValueModel_ReadsTheCurvatureOfItsLossToo()
    {
        var large = SyntheticCampaign.Create(12_000, 43);
        var model = ValueModel.Train(
            large.Features, large.Actions, large.Amount,
            new() { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 4, Device = ComputeDevice.Cpu },
            cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(model.Training.Stability);
        Assert.All(model.Training.Stability, reading => Assert.True(reading.Sharpness > 0 && !reading.IsAlarm));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Train_WithRowsOfTheirOwnStepsOrWithAttentionAndCurves_ReadsAndDoesNotWarn(bool rowWise, bool attention, bool curves)
    {
        var large = SyntheticCampaign.Create(12_000, 44);
        var options = new ResponseOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 2,
            MaxEpochs = 4,
            EmbeddingOptimizer = rowWise ? EmbeddingOptimizer.RowWise : EmbeddingOptimizer.Adam,
            CrossAttention = attention,
            CalibrationFeatures = curves ? ["region"] : null,
            Device = ComputeDevice.Cpu,
        };
        var model = ResponseModel.Train(
            large.Features, large.Actions, large.Response, options, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(model.Training.Stability);
        Assert.All(model.Training.Stability, reading => Assert.True(
            !reading.IsAlarm && reading.Sharpness > 0 && reading.Coherence >= 1 && reading.SafeRate <= reading.DivergentRate && reading.DivergentRate > 0));
    }

    [Fact]
    public void Reading_OfTablesWithAHotRateOfTheirOwn_IsNearerToTheDivergentRate()
    {
        // Plain descent for the rest at a rate that is quiet by itself.
        var options = Hot with { LearningRate = 0.01, EmbeddingOptimizer = EmbeddingOptimizer.RowWise, MaxEpochs = 4, Stability = new() { React = false } };
        var quiet = ResponseModel.Train(Campaign.Features, Campaign.Actions, Campaign.Response, options with { EmbeddingRate = 1e-4 });
        var hot = ResponseModel.Train(Campaign.Features, Campaign.Actions, Campaign.Response, options with { EmbeddingRate = 1 });
        double Share(ResponseModel model) => model.Training.Stability.Max(reading => reading.LearningRate / reading.DivergentRate!.Value);
        Assert.NotEmpty(quiet.Training.Stability);
        Assert.True(Share(hot) > 3 * Share(quiet), $"{Share(hot)} against {Share(quiet)}.");
    }

    [Fact]
    public void Train_WithTheWatchAndWithout_EndsWithTheSameWeightsWhereNothingIsWrong()
    {
        var options = new ResponseOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 3, Device = ComputeDevice.Cpu };
        float[] Scores(StabilityOptions? watch) => ResponseModel
            .Train(Campaign.Features, Campaign.Actions, Campaign.Response, options with { Stability = watch }).Embed(Campaign.Features);
        Assert.Equal(Scores(null), Scores(new StabilityOptions()));
    }

    [Fact]
    public void Trial_RunTwice_GivesEqualWeightsAndItsLogitsGiveItsProbabilities()
    {
        var options = new ResponseOptions { Actions = SyntheticCampaign.ActionNames, MaxEpochs = 2, Device = ComputeDevice.Cpu };
        var trial = OptimizerTrial.Create(Campaign.Features, Campaign.Actions, Campaign.Response, [.. Enumerable.Range(500, 100)], options);
        var first = trial.Run(options);
        Assert.Equal(first.Weights, trial.Run(options).Weights);
        Assert.Equal(first.Probabilities, trial.Logits(first.Weights).Select(logit => 1 / (1 + MathF.Exp(-logit))));
        Assert.Equal(first.Last, trial.Probe(first.Weights, 256, options.BatchSize));
        Assert.Throws<ArgumentException>(() => trial.Logits(new float[3]));
        Assert.Throws<ArgumentException>(() => OptimizerTrial.Create(Campaign.Features, Campaign.Actions, Campaign.Response, [], options));
        Assert.Throws<ArgumentException>(() => OptimizerTrial.Create(Campaign.Features, Campaign.Actions, Campaign.Response, [1, 1], options));
    }
}
