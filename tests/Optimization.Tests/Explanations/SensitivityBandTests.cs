using Noah.Optimization.Explanations;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Explanations;

public sealed class SensitivityBandTests
{
    [Theory]
    [InlineData(500, 0.1, 450, 550)] // price 0.5: 0.55 at 450, 0.45 at 550
    [InlineData(800, 0.1, 780, 820)]
    [InlineData(500, 0.3, 350, 650)]
    public void Of_TheUniformProgram_FindsTheRange(double budget, double tolerance, double lower, double upper)
    {
        var program = UniformProgram.Of(1000, budget + 0.5);
        var band = Band(program, 0, new SensitivityOptions(tolerance, SolvesPerSide: 6))!;
        Assert.Equal(("budget", BoundSide.Upper), (band.Row, band.Side));
        Assert.Equal(1 - (budget / 1000), band.Price, 1e-3);
        var width = upper - lower;
        // Within the true range, and short of it by little.
        Assert.InRange(band.LowerBoundOfRange, lower - 2, lower + (0.05 * width));
        Assert.InRange(band.UpperBoundOfRange, upper - (0.05 * width), upper + 2);
        Assert.InRange(band.PriceAtLower, band.Price, band.Price * (1 + tolerance));
        Assert.InRange(band.PriceAtUpper, band.Price * (1 - tolerance), band.Price);
        Assert.False(band.ReachesLower || band.ReachesUpper);
        Assert.InRange(band.Solves, 4, 12);
    }

    [Fact]
    public void Of_AConstantPrice_ReachesAsFarAsItLooks()
    {
        // All units are worth 2 at a cost of 1: a dollar is worth 2 up to the 1,000 units.
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < 1000; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(0, 2);
        }

        var band = Band(builder.AddRow("budget", RowKind.CostBudget, 0, null, 400.5).Build(), 0)!;
        Assert.Equal((2.0, true, true), (Math.Round(band.Price, 9), band.ReachesLower, band.ReachesUpper));
        Assert.Equal((0.0, 801.0), (band.LowerBoundOfRange, band.UpperBoundOfRange));
    }

    [Fact]
    public void Of_ALowerBound_StaysWithinTheOtherBoundAndFeasibility()
    {
        // Units worth −(i + ½) / 1000 that must be sent 300 mails: one more costs 0.3.
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < 1000; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(0, -(unit + 0.5) / 1000);
        }

        var band = Band(builder.AddVolumeRow("volume", 0, 300.5, 320).Build(), 0, new SensitivityOptions(SolvesPerSide: 6))!;
        Assert.Equal((BoundSide.Lower, -0.3), (band.Side, Math.Round(band.Price, 2)));
        Assert.InRange(band.LowerBoundOfRange, 268, 275);
        Assert.Equal((320.0, true), (band.UpperBoundOfRange, band.ReachesUpper));
    }

    [Fact]
    public void Of_ARowWithoutAPrice_IsNull() => Assert.Null(Band(ReferencePrograms.Knapsack(100), 0));

    [Fact]
    public void Of_WithAWrongCall_NamesTheParameter()
    {
        var program = ReferencePrograms.Knapsack();
        Assert.Equal("Tolerance", Assert.Throws<ArgumentOutOfRangeException>(() => Band(program, 0, new SensitivityOptions(0))).ParamName);
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => Band(program, 1)).ParamName);
    }

    private static SensitivityBand? Band(AllocationProgram program, int row, SensitivityOptions? options = null)
    {
        var token = TestContext.Current.CancellationToken;
        Assert.True(new ExactSolver().Solve(program, new SolveOptions(), token).TryGetAllocation(out var allocation));
        return SensitivityBand.Of(program, allocation, row, new ExactSolver(), options, null, token);
    }
}
