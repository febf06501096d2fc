using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Compliance;

/// <summary>What every solver owes its callers. <see cref="RelativeLoss"/> is what it may lose against the optimum on a large
/// program.</summary>
public abstract class AllocationSolverCompliance
{
    protected abstract IAllocationSolver Create();

    protected abstract double RelativeLoss { get; }

    [Theory]
    [InlineData(7, 16.5, 1.5)]
    [InlineData(4, 11, double.NaN)] // at 4 dollars the price jumps from 2.5 to 2: not unique
    [InlineData(3, 8.5, 2.5)]
    [InlineData(100, 19, 0)]
    [InlineData(0, 0, double.NaN)]
    public void Solve_OfAKnapsack_FindsTheOptimumAndThePriceOfADollar(double budget, double optimum, double price)
    {
        var allocation = Allocate(ReferencePrograms.Knapsack(budget));
        Assert.Equal(optimum, allocation.Certificate.Objective, 1e-5 * Math.Max(1, optimum));
        if (!double.IsNaN(price))
        {
            Assert.Equal(price, allocation.DualPrices[0], 1e-4);
        }
    }

    [Fact]
    public void Solve_OfALowerVolume_PaysForItWithANonPositivePrice()
    {
        var allocation = Allocate(ReferencePrograms.LowerVolume());
        Assert.Equal(3, allocation.Certificate.Objective, 1e-4);
        Assert.InRange(allocation.DualPrices[0], -3 - 1e-4, -2 + 1e-4);
    }

    [Fact]
    public void Solve_WithFrequencyCaps_TakesTheBestActionsUpToTheCap()
    {
        var allocation = Allocate(ReferencePrograms.Caps());
        Assert.Equal(9, allocation.Certificate.Objective, 1e-4);
        Assert.Equal(0, allocation.Probabilities[3]);
    }

    [Fact]
    public void Solve_WithoutEdges_IsWorthNothing()
    {
        var builder = new AllocationProgramBuilder();
        builder.AddUnit();
        var allocation = Allocate(builder.AddRow("budget", RowKind.CostBudget, null, 1, []).Build());
        Assert.Equal(0, allocation.Certificate.Objective);
    }

    [Fact]
    public void Solve_OfAConflict_NamesTheRowsAndTheLeastRelaxation()
    {
        var result = Create().Solve(ReferencePrograms.Conflict(), new SolveOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(AllocationStatus.Infeasible, result.Status);
        Assert.False(result.TryGetAllocation(out _));
        Assert.Collection(
            result.Infeasibility!.Rows,
            sends =>
            {
                Assert.Equal(("sends", BoundSide.Lower, 3.0), (sends.Name, sends.Side, sends.Bound));
                Assert.Equal(1, sends.Relaxation, 1e-6);
            },
            budget => Assert.Equal(new ConflictingRow("budget", BoundSide.Upper, 10, 0), budget));
    }

    [Fact]
    public void Solve_OfAMailing_IsFeasibleAndCertified()
    {
        var program = ReferencePrograms.Mailing(600, 4, seed: 5, lowerShare: 0.01);
        var certificate = Allocate(program).Certificate;
        Assert.True(certificate.IsFeasible);
        Assert.InRange(certificate.RelativeGap, -1e-9, RelativeLoss);
        Assert.Contains(certificate.Rows, row => row.IsBinding);
    }

    [Fact]
    public void Solve_Twice_GivesTheSameBytes()
    {
        var program = ReferencePrograms.Mailing(300, 3, seed: 8);
        Assert.Equal(Allocate(program).Probabilities.ToArray(), Allocate(program).Probabilities.ToArray());
    }

    [Fact]
    public void Solve_WithACancelledToken_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => Create().Solve(ReferencePrograms.Knapsack(), new SolveOptions(), new CancellationToken(canceled: true)));

    [Fact]
    public void Solve_WithANonPositiveTimeLimit_NamesTheParameter() =>
        Assert.Equal(
            "TimeLimit",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => Create().Solve(ReferencePrograms.Knapsack(), new SolveOptions(TimeLimit: TimeSpan.Zero), TestContext.Current.CancellationToken)).ParamName);

    [Fact]
    public void Solve_WithATimeLimitThatCannotBeMet_HasNoAllocation()
    {
        var program = ReferencePrograms.Mailing(3000, 10, seed: 2);
        var result = Create().Solve(program, new SolveOptions(TimeLimit: TimeSpan.FromMilliseconds(1)), TestContext.Current.CancellationToken);
        Assert.Equal(AllocationStatus.TimeLimit, result.Status);
        Assert.False(result.TryGetAllocation(out _));
    }

    protected Allocation Allocate(AllocationProgram program)
    {
        var result = Create().Solve(program, new SolveOptions(Seed: 11), TestContext.Current.CancellationToken);
        Assert.True(result.TryGetAllocation(out var allocation), $"status {result.Status}");
        Assert.Equal(0, Math.Max(0, allocation.Certificate.MaxUnitViolation - Certificate.FeasibilityTolerance));
        return allocation;
    }
}
