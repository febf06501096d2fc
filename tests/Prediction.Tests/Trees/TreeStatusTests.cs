using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

public sealed class TreeStatusTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Train_OfOneClass_IsAConstantAwayFromCertainty(float label)
    {
        var (table, labels) = BoostedTreesTests.Interaction(100, 1);
        Array.Fill(labels, label);
        var fit = BoostedTrees.Train(table, labels);
        Assert.Equal(TreeStatus.OneLabel, fit.Status);
        Assert.Contains(new ColumnWarning("label", ColumnCondition.Constant), fit.Report.Warnings);
        Assert.All(fit.Model!.Predict(table), p => Assert.Equal(label, p, 0.01f));
        Assert.All(fit.Model!.Predict(table), p => Assert.InRange(p, 1e-4f, 1 - 1e-4f));
    }

    [Fact]
    public void Train_OfNoRowsOrNoWeight_HasNoModel()
    {
        var (table, labels) = BoostedTreesTests.Interaction(20, 2);
        Assert.Equal(TreeStatus.NoRows, BoostedTrees.Train(table, labels, new float[20]).Status);
        var none = BoostedTrees.Train(table.Select([]), []);
        Assert.Equal(TreeStatus.NoRows, none.Status);
        Assert.Null(none.Model);
    }

    [Fact]
    public void Train_OfConstantAndEmptyColumns_NamesThemAndPredictsTheMean()
    {
        var table = new FeatureTable(
        [
            FeatureColumn.Numeric("constant", [.. Enumerable.Repeat(3f, 60)]), FeatureColumn.Numeric("gap", [.. Enumerable.Repeat(float.NaN, 60)]),
            FeatureColumn.Categorical("name", [.. Enumerable.Repeat("x", 60)]),
        ]);
        var fit = BoostedTrees.Train(table, [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 1f : 0f)]);
        Assert.Equal(TreeStatus.NoUsefulSplit, fit.Status);
        Assert.Equal(
            [new("constant", ColumnCondition.Constant), new("gap", ColumnCondition.Empty), new("name", ColumnCondition.Constant)],
            fit.Report.Warnings);
        Assert.All(fit.Model!.Predict(table), p => Assert.InRange(p, 0.25f, 0.42f));
    }

    [Theory]
    [InlineData(TreeLoss.Squared)]
    [InlineData(TreeLoss.Gamma)]
    [InlineData(TreeLoss.Tweedie)]
    public void Train_WithValuesOf1E12_NamesThemAndStaysFinite(TreeLoss loss)
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 400).Select(_ => (float)random.NextDouble())];
        float[] labels = [.. x.Select(value => 1 + value)];
        (x[17], labels[40]) = (1e12f, 1e12f);
        var table = new FeatureTable([FeatureColumn.Numeric("x", x)]);
        var fit = BoostedTrees.Train(table, labels, null, new TreeOptions { Loss = loss });
        Assert.Equal(
            [new("x", ColumnCondition.Outlier) { Value = 1e12f, Row = 17 }, new("label", ColumnCondition.Outlier) { Value = 1e12f, Row = 40 }],
            fit.Report.Warnings);
        Assert.All(fit.Model!.Predict(table), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Train_WithOneFeatureOf1E12_LearnsWhatItWouldWithout()
    {
        var (table, labels) = BoostedTreesTests.Interaction(1000, 4);
        float[] first = table.Column(new FeatureSpec("first", FeatureKind.Numeric)).Numbers.ToArray();
        first[Array.IndexOf(first, first.Max())] = 1e12f;
        var stretched = new FeatureTable([FeatureColumn.Numeric("first", first), .. table.Columns.Skip(1)]);
        Assert.Equal(BoostedTrees.Train(table, labels).Model!.Predict(table), BoostedTrees.Train(stretched, labels).Model!.Predict(stretched));
    }

    [Theory]
    [InlineData(TreeLoss.Logistic, 1.5f)]
    [InlineData(TreeLoss.Squared, float.PositiveInfinity)]
    [InlineData(TreeLoss.Gamma, 0f)]
    [InlineData(TreeLoss.Tweedie, -1f)]
    [InlineData(TreeLoss.Squared, float.NaN)]
    public void Train_OfALabelOutsideTheLoss_NamesTheRow(TreeLoss loss, float label)
    {
        var (table, labels) = BoostedTreesTests.Interaction(60, 5);
        Array.Fill(labels, 0.5f);
        labels[7] = label;
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => BoostedTrees.Train(table, labels, null, new TreeOptions { Loss = loss }));
        Assert.Contains("row 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OfWrongLengthsWeightsOrOptions_Throws()
    {
        var (table, labels) = BoostedTreesTests.Interaction(60, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => BoostedTrees.Train(table, labels[..59]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BoostedTrees.Train(table, labels, [.. Enumerable.Repeat(-1f, 60)]));
        Assert.Throws<ArgumentException>(() => BoostedTrees.Train(table, labels, null, new TreeOptions { MaxBins = 256 }));
        Assert.Throws<ArgumentException>(() => BoostedTrees.Train(table, labels, null, new TreeOptions { L2 = double.NaN }));
    }
}
