using Noah.Optimization.Explanations;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Explanations;

public sealed class WhatIfTests
{
    [Fact]
    public void Solve_OfTheKnapsackWithMoreBudget_GivesWhatTheDollarsBuy()
    {
        var program = ReferencePrograms.Knapsack();
        var result = WhatIf.Solve(program, Allocate(program), [new BoundChange(0, null, 8)], new ExactSolver(), new SolveOptions(), Token);
        // The other half of unit 0's upgrade: 1.5 for one more dollar.
        Assert.Equal((16.5, 18.0, 1.5), (Round(result.ObjectiveBefore), Round(result.ObjectiveAfter), Round(result.ObjectiveChange)));
        var budget = Assert.Single(result.Rows);
        Assert.Equal((7.0, 8.0, 1.0), (Round(budget.UseBefore), Round(budget.UseAfter), Round(budget.UseChange)));
        Assert.Equal(1.5, budget.PriceBefore, 1e-9);
        // At 8 dollars the price is anything between 1.5 and the 0.5 that unit 1's upgrade earns.
        Assert.InRange(budget.PriceAfter!.Value, 0.5 - 1e-9, 1.5 + 1e-9);
        Assert.Equal(18, result.Interval.Upper, 1e-9);
        Assert.Equal(16.5, result.Interval.Lower!.Value, 1e-9);
    }

    [Fact]
    public void Solve_StartsFromThePricesOfTheAllocation()
    {
        var program = ReferencePrograms.Knapsack();
        var allocation = Allocate(program);
        var recorder = new Recorder();
        WhatIf.Solve(program, allocation, [new BoundChange(0, null, 6)], recorder, new SolveOptions(Seed: 3), Token);
        Assert.Equal(allocation.DualPrices.ToArray(), recorder.Options!.WarmStart);
        Assert.Equal(3ul, recorder.Options.Seed);
    }

    [Fact]
    public void Solve_OfAnInfeasibleChange_ReturnsTheConflict()
    {
        var program = ReferencePrograms.LowerVolume();
        var result = WhatIf.Solve(program, Allocate(program), [new BoundChange(0, 3, null)], new ExactSolver(), new SolveOptions(), Token);
        Assert.Equal(AllocationStatus.Infeasible, result.Solve.Status);
        Assert.Equal("volume 1", Assert.Single(result.Solve.Infeasibility!.Minimal).Name);
        Assert.Null(result.ObjectiveChange);
        Assert.Null(result.Interval.Lower);
        Assert.Null(Assert.Single(result.Rows).UseAfter);
    }

    [Fact]
    public void Interval_HoldsTheNewObjectiveWhateverChanges()
    {
        var program = ReferencePrograms.Mailing(400, 4, seed: 3, lowerShare: 0.05, upperShare: 0.12);
        var allocation = Allocate(program);
        var (random, known) = (new Random(2), 0);
        for (var draw = 0; draw < 40; draw++)
        {
            var row = random.Next(program.Rows.Count);
            var (lower, upper) = (program.Rows[row].Lower, program.Rows[row].Upper);
            var change = draw % 5 == 0
                ? new BoundChange(row, null, null)
                : new BoundChange(row, lower * (0.4 + (0.6 * random.NextDouble())), upper * (1 + random.NextDouble() - (row < 2 ? 0.3 : 0)));
            var result = WhatIf.Solve(program, allocation, [change], new ExactSolver(), new SolveOptions(), Token);
            Assert.NotNull(result.ObjectiveAfter);
            Assert.True(result.ObjectiveAfter <= result.Interval.Upper + 1e-7, $"draw {draw}");
            Assert.True(result.Interval.Lower is not { } least || least <= result.ObjectiveAfter + 1e-7, $"draw {draw}");
            Assert.Equal(result.Interval.Upper, WhatIf.UpperBound(program, allocation, [change]));
            known += result.Interval.Lower is null ? 0 : 1;
        }

        Assert.InRange(known, 10, 40);
    }

    [Fact]
    public void Solve_WithThePartition_GainsWhatTheExactSolverDoes()
    {
        var program = ReferencePrograms.Mailing(3000, 4, seed: 8, lowerShare: 0, upperShare: 0.5);
        BoundChange[] changes = [new(0, null, program.Rows[0].Upper * 1.5), new(1, null, null)];
        var solver = new PartitionSolver();
        Assert.True(solver.Solve(program, new SolveOptions(), Token).TryGetAllocation(out var allocation));
        var partition = WhatIf.Solve(program, allocation, changes, solver, new SolveOptions(), Token);
        var exact = WhatIf.Solve(program, Allocate(program), changes, new ExactSolver(), new SolveOptions(), Token);
        Assert.InRange(partition.ObjectiveAfter!.Value / exact.ObjectiveAfter!.Value, 0.99, 1 + 1e-9);
        Assert.Equal(exact.ObjectiveChange!.Value, partition.ObjectiveChange!.Value, 0.01 * exact.ObjectiveBefore);
    }

    [Fact]
    public void Solve_WithAWrongCall_NamesTheParameter()
    {
        var program = ReferencePrograms.Knapsack();
        var allocation = Allocate(program);
        Assert.Equal("changes", Assert.Throws<ArgumentException>(() => WhatIf.UpperBound(program, allocation, [new(0, null, 1), new(0, null, 2)])).ParamName);
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => WhatIf.UpperBound(program, allocation, [new(1, null, 1)])).ParamName);
        Assert.Equal("lower", Assert.Throws<ArgumentException>(() => WhatIf.UpperBound(program, allocation, [new(0, 2, 1)])).ParamName);
        Assert.Equal("allocation", Assert.Throws<ArgumentException>(() => WhatIf.UpperBound(ReferencePrograms.Caps(), allocation, [])).ParamName);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Round(double? number) => Math.Round(number!.Value, 9);

    private static Allocation Allocate(AllocationProgram program)
    {
        Assert.True(new ExactSolver().Solve(program, new SolveOptions(), Token).TryGetAllocation(out var allocation));
        return allocation;
    }

    private sealed class Recorder : IAllocationSolver
    {
        public SolveOptions? Options { get; private set; }

        public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
        {
            Options = options;
            return new ExactSolver().Solve(program, options, cancellationToken);
        }
    }
}
