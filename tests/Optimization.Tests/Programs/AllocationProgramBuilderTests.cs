using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Programs;

public sealed class AllocationProgramBuilderTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Build_WithAValueThatIsNotFinite_NamesUnitAndAction(double value)
    {
        var builder = OneUnit();
        builder.AddUnit();
        builder.AddEdge(4, value);
        Assert.StartsWith("Unit 1, action 4: value", Fault(builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithARepeatedEdge_NamesTheUnit()
    {
        var builder = OneUnit();
        builder.AddEdge(0, 1);
        Assert.StartsWith("Unit 0: action 0 occurs twice", Fault(builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithARepeatedEdgeAmongMany_NamesTheUnit()
    {
        var builder = new AllocationProgramBuilder();
        builder.AddUnit();
        foreach (var action in Enumerable.Range(0, 40).Append(17))
        {
            builder.AddEdge(action, 1);
        }

        Assert.StartsWith("Unit 0: action 17 occurs twice", Fault(builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithANegativeCap_NamesTheUnit()
    {
        var builder = OneUnit();
        builder.AddUnit(frequencyCap: -1);
        Assert.StartsWith("Unit 1: frequency cap -1", Fault(builder), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithANegativeAction_NamesTheUnit()
    {
        var builder = OneUnit();
        builder.AddEdge(-3, 1);
        Assert.StartsWith("Unit 0: action -3", Fault(builder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Build_WithABadCost_NamesRowAndEdge(double cost) =>
        Assert.StartsWith($"Row 'cost': coefficient {cost} of edge 0", Fault(OneUnit().AddRow("cost", RowKind.CostBudget, null, 1, [cost])), StringComparison.Ordinal);

    [Theory]
    [InlineData(2.0, 1.0, "exceeds upper bound")]
    [InlineData(double.NaN, 1.0, "lower bound NaN")]
    [InlineData(0.0, -1.0, "upper bound -1")]
    [InlineData(0.0, double.PositiveInfinity, "null for none")]
    public void Build_WithBoundsThatAreNoInterval_NamesTheRow(double lower, double upper, string reason)
    {
        var fault = Fault(OneUnit().AddRow("sends", RowKind.Volume, lower, upper, [1]));
        Assert.StartsWith("Row 'sends': ", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Build_WithAnEdgeOutOfRange_NamesTheRow(int edge) =>
        Assert.StartsWith($"Row 'sparse': edge {edge} is outside [0, 1)", Fault(OneUnit().AddRow("sparse", RowKind.Volume, null, 1, [edge], [1.0])), StringComparison.Ordinal);

    [Fact]
    public void Build_WithARepeatedRowEdge_NamesTheRow() =>
        Assert.StartsWith(
            "Row 'sparse': edges must ascend", Fault(OneUnit().AddRow("sparse", RowKind.Volume, null, 1, [0, 0], [1.0, 1.0])), StringComparison.Ordinal);

    [Fact]
    public void Build_WithATakenRowName_NamesIt() =>
        Assert.Contains(
            "'cost' is blank or taken",
            Fault(OneUnit().AddRow("cost", RowKind.CostBudget, null, 1, [1]).AddRow("cost", RowKind.CostBudget, null, 1, [1])),
            StringComparison.Ordinal);

    [Fact]
    public void AddRow_WithTooFewCoefficients_NamesTheRow() =>
        Assert.Contains("Row 'cost': 0 coefficients for 1 edges", Assert.Throws<ArgumentException>(() => OneUnit().AddRow("cost", RowKind.CostBudget, null, 1, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void FromArrays_WithARowStartThatDoesNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => AllocationProgramBuilder.FromArrays([0, 2], [0], [1]));
        Assert.Throws<ArgumentException>(() => AllocationProgramBuilder.FromArrays([0, 2, 1, 2], [0, 1], [1, 1]).Build());
    }

    [Fact]
    public void FromArrays_EqualsTheProgramBuiltUnitByUnit()
    {
        var one = new AllocationProgramBuilder();
        one.AddUnit(frequencyCap: 2, key: 70);
        one.AddEdge(3, 1.5);
        one.AddEdge(1, -2);
        one.AddUnit(key: 50);
        var left = one.AddRow("cost", RowKind.CostBudget, null, 1, [0.0, 4.0]).Build();
        var right = AllocationProgramBuilder.FromArrays([0, 2, 2], [3, 1], [1.5, -2], [2, 1], [70, 50]).AddRow("cost", RowKind.CostBudget, null, 1, [1], [4.0]).Build();
        Assert.Equal(left.RowStart.ToArray(), right.RowStart.ToArray());
        Assert.Equal(left.Actions.ToArray(), right.Actions.ToArray());
        Assert.Equal(left.Values.ToArray(), right.Values.ToArray());
        Assert.Equal([2, 1], Enumerable.Range(0, 2).Select(left.Limits.Cap));
        Assert.Equal([2, 1], Enumerable.Range(0, 2).Select(right.Limits.Cap));
        Assert.Equal([70UL, 50UL], Enumerable.Range(0, 2).Select(left.UnitKey));
        Assert.Equal([70UL, 50UL], Enumerable.Range(0, 2).Select(right.UnitKey));
        Assert.Equal([0.0, 4.0], Enumerable.Range(0, 2).Select(edge => left.Coefficient(0, edge)));
        Assert.Equal([0.0, 4.0], Enumerable.Range(0, 2).Select(edge => right.Coefficient(0, edge)));
    }

    private static AllocationProgramBuilder OneUnit()
    {
        var builder = new AllocationProgramBuilder();
        builder.AddUnit();
        builder.AddEdge(0, 1);
        return builder;
    }

    private static string Fault(AllocationProgramBuilder builder) => Assert.Throws<ArgumentException>(builder.Build).Message;
}
