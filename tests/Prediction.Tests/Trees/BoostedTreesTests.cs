using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

public sealed class BoostedTreesTests
{
    [Fact]
    public void Train_OnAPlantedStepFunction_ReproducesIt()
    {
        var random = new Random(11);
        float[] x = [.. Enumerable.Range(0, 3000).Select(_ => (float)random.NextDouble())];
        float[] labels = [.. x.Select(value => Step(value) + (float)(0.1 * SyntheticCampaign.Normal(random)))];
        var options = new TreeOptions { Loss = TreeLoss.Squared, LearningRate = 0.2 };
        var fit = BoostedTrees.Train(new FeatureTable([FeatureColumn.Numeric("x", x)]), labels, null, options);
        Assert.Equal(TreeStatus.Trained, fit.Status);
        float[] inside = [0.05f, 0.15f, 0.3f, 0.45f, 0.55f, 0.7f, 0.95f];
        float[] predicted = fit.Model!.Predict(new FeatureTable([FeatureColumn.Numeric("x", inside)]));
        Assert.All(inside.Zip(predicted), pair => Assert.Equal(Step(pair.First), pair.Second, 0.06f));

        static float Step(float value) => value < 0.2f ? 1f : value < 0.5f ? 3f : value < 0.6f ? -2f : 0f;
    }

    [Fact]
    public void Predict_OnAPlantedInteraction_RanksWhatLogisticRegressionCannot()
    {
        var (train, trainLabels) = Interaction(4000, 21);
        var (test, testLabels) = Interaction(4000, 22);
        var trees = BoostedTrees.Train(train, trainLabels).Model!;
        var logistic = LogisticBaseline.Train(train, new int[4000], trainLabels, 1);
        double auc = BinaryMetrics.Compute(trees.Predict(test), testLabels).Auc!.Value;
        double yardstick = logistic.Evaluate(test, new int[4000], testLabels).Auc!.Value;
        // Probabilities 0.2 and 0.8 in equal parts: the truth itself has AUC 0.8; a model without the product has 0.5.
        Assert.InRange(auc, 0.77, 0.83);
        Assert.InRange(yardstick, 0.45, 0.57);
    }

    [Fact]
    public void Train_WithManyNames_SplitsThemWhereTheyTellAndNotByChance()
    {
        var (table, labels) = Named(4000, 71);
        var (fresh, freshLabels) = Named(4000, 72);
        var options = new TreeOptions { MaxRounds = 100, ValidationShare = 0, MaxDepth = 3 };
        var (corrected, asTheyAre) = (Fit(1), Fit(0));
        Assert.Equal("telling", corrected.Training.Gains[0].Feature);
        Assert.True(GainOf(corrected, "empty") < 0.05 * GainOf(corrected, "telling"));
        Assert.True(GainOf(asTheyAre, "empty") > 0.2 * GainOf(asTheyAre, "telling"), "Chance takes part, or the test shows nothing.");
        Assert.True(LogLoss(corrected) < LogLoss(asTheyAre) - 0.005, $"{LogLoss(corrected)}, {LogLoss(asTheyAre)}");
        // 30 of 60 names at 0.6, the others at 0.4: the truth's log loss is 0.673, and ignorance has 0.693.
        Assert.InRange(LogLoss(corrected), 0.66, 0.688);

        BoostedTrees Fit(double chance) => BoostedTrees.Train(table, labels, null, options with { NameChance = chance }).Model!;
        double LogLoss(BoostedTrees model) => BinaryMetrics.Compute(model.Predict(fresh), freshLabels).LogLoss;
        static double GainOf(BoostedTrees model, string feature) =>
            model.Training.Gains.Where(gain => gain.Feature == feature).Sum(gain => gain.Gain);
    }

    private static (FeatureTable Table, float[] Labels) Named(int rows, int seed)
    {
        var random = new Random(seed);
        int[] Codes() => [.. Enumerable.Range(0, rows).Select(_ => random.Next(60))];
        int[] empty = Codes(), telling = Codes();
        float[] labels = [.. telling.Select(code => random.NextDouble() < (code % 2 == 0 ? 0.6 : 0.4) ? 1f : 0f)];
        return (
            new FeatureTable(
            [
                FeatureColumn.Categorical("empty", [.. empty.Select(code => "name" + code)]),
                FeatureColumn.Categorical("telling", [.. telling.Select(code => "name" + code)]),
            ]),
            labels);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Train_WithAnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        var (table, labels) = Interaction(6000, 31);
        var options = new TreeOptions { MaxRounds = 15, RowShare = 0.8, ColumnShare = 0.6, Seed = 5 };
        float[] alone = BoostedTrees.Train(table, labels, null, options).Model!.Predict(table);
        Assert.Equal(alone, BoostedTrees.Train(table, labels, null, options with { Threads = threads }).Model!.Predict(table));
        Assert.NotEqual(alone, BoostedTrees.Train(table, labels, null, options with { Seed = 6 }).Model!.Predict(table));
    }

    [Fact]
    public void Train_WithAValidationPart_StopsAfterThePatienceAndKeepsTheBestRound()
    {
        var (table, labels) = Interaction(1500, 41);
        var told = new List<TreeProgress>();
        var fit = BoostedTrees.Train(
            table, labels, null, new TreeOptions { LearningRate = 0.3, Patience = 7, MaxRounds = 500 }, new Told(told));
        Assert.Equal(fit.Report.BestRound + 7, fit.Report.Rounds);
        Assert.Equal(fit.Report.Rounds, told.Count);
        Assert.Equal(told.Min(point => point.ValidationLoss), fit.Report.ValidationLoss);
        Assert.Equal(fit.Report.BestRound, told.MinBy(point => point.ValidationLoss)!.Round);
        // The two features of the product, not the noise, carry the gain.
        Assert.Equal(["first", "second"], fit.Report.Gains.Take(2).Select(gain => gain.Feature).Order());
    }

    [Fact]
    public void Train_Cancelled_ThrowsBeforeTheNextRound()
    {
        var (table, labels) = Interaction(500, 51);
        using var source = new CancellationTokenSource();
        var told = new List<TreeProgress>();
        Assert.Throws<OperationCanceledException>(() => BoostedTrees.Train(
            table, labels, null, null, new Told(told, () => source.Cancel()), source.Token));
        Assert.Single(told);
    }

    /// <summary>P = 0.8 where two features have one sign, else 0.2; one numeric and one named feature are noise.</summary>
    internal static (FeatureTable Table, float[] Labels) Interaction(int rows, int seed)
    {
        var random = new Random(seed);
        float[] Column() => [.. Enumerable.Range(0, rows).Select(_ => (float)SyntheticCampaign.Normal(random))];
        float[] first = Column(), second = Column();
        float[] labels = [.. first.Zip(second, (a, b) => random.NextDouble() < (a * b > 0 ? 0.8 : 0.2) ? 1f : 0f)];
        string[] names = [.. first.Select(_ => "name" + random.Next(12))];
        var table = new FeatureTable(
        [
            FeatureColumn.Numeric("first", first), FeatureColumn.Numeric("second", second),
            FeatureColumn.Numeric("noise", Column()), FeatureColumn.Categorical("name", names),
        ]);
        return (table, labels);
    }

    private sealed class Told(List<TreeProgress> points, Action? then = null) : IProgress<TreeProgress>
    {
        public void Report(TreeProgress value)
        {
            points.Add(value);
            then?.Invoke();
        }
    }
}
