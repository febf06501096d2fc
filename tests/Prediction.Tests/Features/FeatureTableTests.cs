using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class FeatureTableTests
{
    [Fact]
    public void Constructor_NameTwice_NamesTheColumn()
    {
        var error = Assert.Throws<ArgumentException>(() => new FeatureTable([FeatureColumn.Numeric("age", [1]), FeatureColumn.Numeric("age", [2])]));
        Assert.Contains("'age'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_UnequalRows_NamesTheColumn()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new FeatureTable([FeatureColumn.Numeric("age", [1, 2]), FeatureColumn.Categorical("city", ["a"])]));
        Assert.Contains("'city' has 1 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WithoutColumns_Throws() => Assert.Throws<ArgumentException>(() => new FeatureTable([]));

    [Fact]
    public void Numeric_WithInfinity_NamesColumnAndRow()
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureColumn.Numeric("age", [1, float.PositiveInfinity]));
        Assert.Contains("'age' is infinite in row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_OfTheOtherKind_Throws()
    {
        var table = new FeatureTable([FeatureColumn.Numeric("age", [1])]);
        var error = Assert.Throws<ArgumentException>(() => table.Column(new FeatureSpec("age", FeatureKind.Categorical)));
        Assert.Contains("'age' is Numeric", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => table.Columns[0].Names.Length);
    }

    [Fact]
    public void Select_WithRepeats_KeepsTheOrder()
    {
        var table = new FeatureTable([FeatureColumn.Numeric("age", [1, 2, 3]), FeatureColumn.Categorical("city", ["a", null, "c"])]);
        var selected = table.Select([2, 0, 2]);
        Assert.Equal([3f, 1f, 3f], selected.Columns[0].Numbers.ToArray());
        Assert.Equal(["c", "a", "c"], selected.Columns[1].Names.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Select([3]));
    }
}
