using Noah.Optimization.Certificates;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Compliance;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Randomization;

public sealed class PartitionSolverTests(ITestOutputHelper output) : AllocationSolverCompliance
{
    // 600 units in blocks of 200: noah.md §3.3 measured losses of 1 % at 200 units a block.
    protected override double RelativeLoss => 0.03;

    protected override IAllocationSolver Create() => new PartitionSolver(new PartitionOptions(BlockSize: 200, MaxParallelism: 2));

    [Fact]
    public void Solve_InBlocksOfAThousand_KeepsNineHundredNinetyEightThousandthsWithoutViolation()
    {
        var program = ReferencePrograms.Mailing(20_000, 10, seed: 1);
        var exact = new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken);
        Assert.True(exact.TryGetAllocation(out var optimum));
        Assert.Equal(AllocationStatus.Optimal, exact.Status);
        foreach (var stratify in new[] { false, true })
        {
            var solver = new PartitionSolver(new PartitionOptions(BlockSize: 1000, Stratify: stratify, MaxParallelism: 2));
            var result = solver.Solve(program, new SolveOptions(Seed: 7), TestContext.Current.CancellationToken);
            Assert.True(result.TryGetAllocation(out var allocation));
            var ratio = allocation.Certificate.Objective / optimum.Certificate.Objective;
            output.WriteLine(
                $"stratify {stratify}: ratio {ratio:F6}, certified gap {allocation.Certificate.RelativeGap:E2}, blocks {result.Diagnostics.Blocks}, "
                + $"violation {allocation.Certificate.MaxRelativeRowViolation:E1}, fractional {allocation.Certificate.FractionalUnits} (exact {optimum.Certificate.FractionalUnits})");
            Assert.InRange(ratio, stratify ? 0.998 : 0.996, 1);
            Assert.InRange(allocation.Certificate.MaxRelativeRowViolation, 0, 1e-12);
            Assert.InRange(allocation.Certificate.RelativeGap, 1 - ratio - 1e-12, 0.01);
        }
    }

    [Fact]
    public void Solve_WithBlocksSentAsBytes_GivesTheSameBytesAsHere()
    {
        var program = ReferencePrograms.Mailing(3_000, 4, seed: 3, cap: 2);
        var here = new PartitionSolver().Solve(program, new SolveOptions(5), TestContext.Current.CancellationToken);
        var sent = 0;
        var elsewhere = new PartitionSolver(run: (block, token) =>
        {
            Interlocked.Increment(ref sent);
            return BlockSolution.FromBytes(PartitionBlock.FromBytes(block.ToBytes()).Solve(token).ToBytes());
        }).Solve(program, new SolveOptions(5), TestContext.Current.CancellationToken);
        Assert.Equal(3, sent);
        Assert.True(here.TryGetAllocation(out var one) && elsewhere.TryGetAllocation(out _));
        elsewhere.TryGetAllocation(out var other);
        Assert.Equal(one!.Probabilities.ToArray(), other!.Probabilities.ToArray());
        Assert.Equal(one.DualPrices.ToArray(), other.DualPrices.ToArray());
    }

    [Fact]
    public void FromBytes_OfAnotherFormat_SaysSo() =>
        Assert.Contains("format", Assert.Throws<InvalidDataException>(() => PartitionBlock.FromBytes([0, 0, 0, 0, 9, 9, 9, 9])).Message, StringComparison.Ordinal);

    [Fact]
    public void Draw_PutsEachUnitIntoOneBlockOfEqualSize()
    {
        var program = ReferencePrograms.Mailing(1003, 2, seed: 1);
        var blocks = new UnitPartition(program, 10, seed: 3, stratify: true).Units;
        Assert.Equal(Enumerable.Range(0, 1003), blocks.SelectMany(block => block).Order());
        Assert.All(blocks, block => Assert.InRange(block.Length, 100, 101));
        Assert.NotEqual(blocks[0], new UnitPartition(program, 10, seed: 4, stratify: true).Units[0]);
    }

    [Fact]
    public void Shares_OfEachRow_SumToOne()
    {
        var program = ReferencePrograms.Mailing(500, 3, seed: 1);
        var shares = new UnitPartition(program, 7, seed: 3, stratify: false).Shares;
        Assert.All(shares, row => Assert.Equal(1, row.Sum(), 1e-12));
    }

    [Fact]
    public void Solve_WithALowerBoundThatSmallBlocksCannotMeet_EnlargesTheBlocks()
    {
        // A campaign with four eligible units that must all be mailed, whose mail alone fits no block's share of the budget.
        var builder = new Noah.Optimization.Programs.AllocationProgramBuilder();
        var costs = new List<double>();
        for (var unit = 0; unit < 40; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(unit < 4 ? 0 : 1, 1);
            costs.Add(unit < 4 ? 10 : 1);
        }

        var program = builder
            .AddRow("budget", Noah.Optimization.Programs.RowKind.CostBudget, null, 45, costs.ToArray())
            .AddVolumeRow("rare", 0, 4, null)
            .Build();
        var result = new PartitionSolver(new PartitionOptions(BlockSize: 5)).Solve(program, new SolveOptions(1), TestContext.Current.CancellationToken);
        Assert.True(result.TryGetAllocation(out var allocation));
        Assert.True(result.Diagnostics.Attempts > 1 || result.Diagnostics.Solver.StartsWith("glop", StringComparison.Ordinal));
        Assert.InRange(allocation.Certificate.MaxRelativeRowViolation, 0, Certificate.FeasibilityTolerance);
    }
}
