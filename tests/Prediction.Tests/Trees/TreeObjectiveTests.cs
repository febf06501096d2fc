using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

public sealed class TreeObjectiveTests
{
    [Theory]
    [InlineData(TreeLoss.Logistic, 1f)]
    [InlineData(TreeLoss.Squared, -3f)]
    [InlineData(TreeLoss.Gamma, 2.5f)]
    [InlineData(TreeLoss.Tweedie, 0f)]
    [InlineData(TreeLoss.Tweedie, 4f)]
    public void Derivatives_EqualDifferenceQuotientsOfTheLoss(TreeLoss loss, float label)
    {
        var objective = new TreeObjective(loss, 1.4);
        foreach (double margin in new[] { -1.5, 0, 0.7 })
        {
            double quotient = (objective.Of(margin + 1e-5, label) - objective.Of(margin - 1e-5, label)) / 2e-5;
            Assert.Equal(quotient, objective.Derivatives(margin, label).Gradient, 6);
        }
    }

    [Theory]
    [InlineData(TreeLoss.Logistic)]
    [InlineData(TreeLoss.Squared)]
    [InlineData(TreeLoss.Gamma)]
    [InlineData(TreeLoss.Tweedie)]
    public void Train_OfTwoGroups_ConvergesToTheirMeans(TreeLoss loss)
    {
        // Every one of the losses is least at the mean of a group.
        float[] x = [.. Enumerable.Range(0, 200).Select(i => (float)(i % 2))];
        float[] labels = [.. Enumerable.Range(0, 200).Select(i => (i % 2, i / 2 % 5) switch { (0, < 4) => 0.25f, (0, _) => 0.5f, (_, 0) => 0.5f, _ => 1f })];
        var table = new FeatureTable([FeatureColumn.Numeric("x", x)]);
        var options = new TreeOptions { Loss = loss, LearningRate = 0.3, MaxRounds = 200, ValidationShare = 0, L2 = 0 };
        float[] predicted = BoostedTrees.Train(table, labels, null, options).Model!.Predict(new FeatureTable([FeatureColumn.Numeric("x", [0, 1])]));
        Assert.Equal(0.3, predicted[0], 4);
        Assert.Equal(0.9, predicted[1], 4);
    }

    [Fact]
    public void Train_WithWholeWeights_EqualsRepeatedRows()
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextDouble())];
        float[] labels = [.. x.Select(value => random.NextDouble() < value ? 1f : 0f)];
        float[] weights = [.. x.Select(_ => (float)random.Next(3))];
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        var table = new FeatureTable([FeatureColumn.Numeric("x", x)]);
        var options = new TreeOptions { MaxRounds = 20, ValidationShare = 0, MinLeafRows = 1, MinLeafHessian = 2, MaxLeaves = 4 };
        float[] weighted = BoostedTrees.Train(table, labels, weights, options).Model!.Predict(table);
        float[] plain = BoostedTrees.Train(table.Select(repeated), [.. repeated.Select(row => labels[row])], null, options).Model!.Predict(table);
        Assert.All(weighted.Zip(plain), pair => Assert.Equal(pair.First, pair.Second, 4));
    }
}
