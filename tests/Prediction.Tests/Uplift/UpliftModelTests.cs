using Noah.Prediction.Features;
using Noah.Prediction.Trees;
using Noah.Prediction.Uplift;

namespace Noah.Prediction.Tests.Uplift;

public sealed class UpliftModelTests
{
    // Larger steps than the defaults': the planted effects are large beside the noise, and the tests short.
    private static readonly TreeBaseLearner Quick = new()
    {
        Outcome = new TreeOptions { LearningRate = 0.2, MaxRounds = 20, MaxDepth = 3, ValidationShare = 0 },
        Effect = new TreeOptions { LearningRate = 0.2, MaxRounds = 30, MaxDepth = 2, MinLeafRows = 100, ValidationShare = 0 },
    };

    [Theory]
    [InlineData(UpliftLearner.T, 0.7)]
    [InlineData(UpliftLearner.X, 0.8)]
    [InlineData(UpliftLearner.DoublyRobust, 0.8)]
    public void Predict_OfUnseenMembers_RanksThemByTheirKnownEffect(UpliftLearner learner, double least)
    {
        var test = PlantedEffect.Create(2000, 2, confounded: true);
        var train = PlantedEffect.Create(4000, 1, confounded: true);
        foreach (float[]? propensities in new[] { train.Propensities, null })
        {
            var options = new UpliftOptions { Learner = learner, Base = Quick, Folds = 3 };
            var fit = UpliftModel.Train(train.Features, train.Treated, train.Outcomes, propensities, options);
            Assert.Equal(UpliftStatus.Trained, fit.Status);
            float[] predicted = fit.Model!.Predict(test.Features);
            Assert.True(test.RankCorrelation(predicted) > least, $"{learner}: {test.RankCorrelation(predicted)}");
            Assert.Equal(test.TrueMean, predicted.Average(), 0.2);
        }
    }

    [Theory]
    [InlineData(UpliftLearner.T)]
    [InlineData(UpliftLearner.X)]
    [InlineData(UpliftLearner.DoublyRobust)]
    public void Predict_OfYesNoOutcomes_SeparatesTheTwoGroups(UpliftLearner learner)
    {
        var train = PlantedEffect.Create(4000, 3, confounded: false, binary: true);
        var test = PlantedEffect.Create(2000, 4, confounded: false, binary: true);
        float[] predicted = UpliftModel.Train(
            train.Features, train.Treated, train.Outcomes, train.Propensities, new UpliftOptions { Learner = learner, Base = Quick }).Model!.Predict(test.Features);
        Assert.Equal(0.3, predicted.Where((_, row) => test.Effects[row] > 0).Average(), 0.07);
        Assert.Equal(0.0, predicted.Where((_, row) => test.Effects[row] == 0).Average(), 0.07);
    }

    [Fact]
    public void Train_WithTheLinearBase_FindsALinearEffect()
    {
        var random = new Random(5);
        float[] x = [.. Enumerable.Range(0, 4000).Select(_ => (float)SyntheticCampaign.Normal(random))];
        bool[] treated = [.. x.Select(_ => random.NextDouble() < 0.5)];
        float[] outcomes = [.. x.Select((value, row) => (float)(value + (treated[row] ? 1 + 0.5 * value : 0) + 0.5 * SyntheticCampaign.Normal(random)))];
        var options = new UpliftOptions { Base = new LinearBaseLearner() };
        var model = UpliftModel.Train(new FeatureTable([FeatureColumn.Numeric("x", x)]), treated, outcomes, null, options).Model!;
        float[] predicted = model.Predict(new FeatureTable([FeatureColumn.Numeric("x", [-1, 0, 1])]));
        Assert.Equal(0.5, predicted[0], 0.06);
        Assert.Equal(1.0, predicted[1], 0.06);
        Assert.Equal(1.5, predicted[2], 0.06);
    }

    [Fact]
    public void Average_OfTheDoublyRobustLearner_HoldsWithEitherNuisanceWrong()
    {
        var log = PlantedEffect.Create(4000, 6, confounded: true);
        double naive = Mean(log, true) - Mean(log, false);
        float[] wrong = [.. Enumerable.Repeat(0.5f, 4000)];

        var wrongPropensities = Average(log, wrong, new LinearBaseLearner());
        var wrongOutcomes = Average(log, log.Propensities, new SaysZero());
        var bothWrong = Average(log, wrong, new SaysZero());

        Assert.True(naive - log.TrueMean > 1, "The log must mislead, or the test shows nothing.");
        Assert.InRange(log.TrueMean, wrongPropensities.Lower - 0.03, wrongPropensities.Upper + 0.03);
        Assert.InRange(log.TrueMean, wrongOutcomes.Lower, wrongOutcomes.Upper);
        Assert.True(bothWrong.Lower - log.TrueMean > 0.5);
    }

    [Fact]
    public void Average_OverManyDraws_CoversTheTruthAsOftenAsItSays()
    {
        int covered = Enumerable.Range(100, 60).Count(seed =>
        {
            var trial = PlantedEffect.Create(600, seed, confounded: true);
            var average = Average(trial, trial.Propensities, new LinearBaseLearner());
            return trial.TrueMean >= average.Lower && trial.TrueMean <= average.Upper;
        });
        // 95 % of 60 is 57; the interval is for the population's mean, which makes it a little wide for the sample's.
        Assert.InRange(covered, 52, 60);
    }

    [Fact]
    public void Train_Twice_GivesTheSameBits()
    {
        var trial = PlantedEffect.Create(800, 7, confounded: false);
        float[] Once(ulong seed) => UpliftModel.Train(
            trial.Features, trial.Treated, trial.Outcomes, null, new UpliftOptions { Seed = seed, Base = Quick, Folds = 2 }).Model!.Predict(trial.Features);
        Assert.Equal(Once(1), Once(1));
        Assert.NotEqual(Once(1), Once(2));
    }

    [Fact]
    public void Train_WithoutRowsOutcomesOrOverlap_SaysWhichAndHasNoModel()
    {
        var trial = PlantedEffect.Create(400, 8, confounded: false);
        bool[] fewTreated = [.. trial.Treated.Select((_, row) => row < 99)];
        Assert.Equal(UpliftStatus.TooFewRows, UpliftModel.Train(trial.Features, fewTreated, trial.Outcomes).Status);
        Assert.Equal(UpliftStatus.OneOutcome, UpliftModel.Train(trial.Features, trial.Treated, new float[400]).Status);
        float[] first = trial.Features.Columns[0].Numbers.ToArray();
        foreach (var learner in new[] { UpliftLearner.X, UpliftLearner.DoublyRobust })
        {
            var apart = UpliftModel.Train(
                trial.Features, [.. first.Select(value => value > 0)], trial.Outcomes, null, new UpliftOptions { Learner = learner, Base = Quick });
            Assert.Equal(UpliftStatus.NoOverlap, apart.Status);
            Assert.Null(apart.Model);
        }
    }

    [Fact]
    public void Train_OfWrongArguments_NamesTheRow()
    {
        var trial = PlantedEffect.Create(400, 9, confounded: false);
        float[] outcomes = [.. trial.Outcomes], propensities = [.. trial.Propensities];
        (outcomes[5], propensities[6]) = (float.NaN, 1f);
        Assert.Contains("Row 5", Assert.Throws<ArgumentOutOfRangeException>(
            () => UpliftModel.Train(trial.Features, trial.Treated, outcomes)).Message, StringComparison.Ordinal);
        Assert.Contains("Row 6", Assert.Throws<ArgumentOutOfRangeException>(
            () => UpliftModel.Train(trial.Features, trial.Treated, trial.Outcomes, propensities)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => UpliftModel.Train(trial.Features, trial.Treated, trial.Outcomes, null, new UpliftOptions { Folds = 1 }));
    }

    private static double Mean(PlantedEffect log, bool treated) =>
        log.Outcomes.Where((_, row) => log.Treated[row] == treated).Average(outcome => (double)outcome);

    private static AverageEffect Average(PlantedEffect log, float[] propensities, IBaseLearner baseLearner) => UpliftModel.Train(
        log.Features, log.Treated, log.Outcomes, propensities, new UpliftOptions { Base = baseLearner }).Average!;
}
