using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Rounding;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Duals;

public sealed class DualSolverLawTests
{
    private static readonly DualOptions SmallCore = new(CoreUnits: 200);

    [Fact]
    public void Solve_WithChannelsAndBands_EqualsGlop()
    {
        var solved = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var program = ChannelPrograms.Draw(500, seed, 0.2 + (0.02 * (seed % 30)), lower: seed % 3 * 0.4, perUnitCaps: seed % 2 == 0);
            var exact = new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken);
            if (!exact.TryGetAllocation(out var vertex))
            {
                continue;
            }

            solved++;
            var optimum = vertex.Certificate.Objective;
            var allocation = Allocate(program, new DualSolver(new DualOptions(TargetGap: 1e-8, AcceptedGap: 1e-8, CoreUnits: 60)), (ulong)seed);
            Assert.Equal(optimum, allocation.Certificate.Objective, 1e-7 * optimum);
            Assert.Equal(optimum, allocation.Certificate.DualBound, 1e-7 * optimum);
        }

        Assert.InRange(solved, 40, 60);
    }

    // Rows that share edges with bounds on both sides: a Newton step cut at the signs of the prices needs a hundred sweeps, a full channel hides who is
    // near another choice, and either then falls back to blocks.
    [Fact]
    public void Solve_WithChannelsAndBands_NeedsFewSweepsAndOneCore()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var program = ChannelPrograms.Draw(12_000, seed, 0.3 + (0.05 * (seed % 6)), lower: 0.8);
            var result = new DualSolver(SmallCore).Solve(program, new SolveOptions((ulong)seed), TestContext.Current.CancellationToken);
            Assert.True(result.TryGetAllocation(out var allocation));
            Assert.InRange(allocation.Certificate.RelativeGap, -1e-12, 1e-6);
            Assert.Equal("dual refinement", result.Diagnostics.Solver);
            Assert.InRange(result.Diagnostics.FullPasses, 1, 10);
        }
    }

    // Without a unit of each rare action the core would meet its row as it is, and the price of the row be anything.
    [Fact]
    public void Solve_WithRareActions_NeedsOneCore()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var solver = new DualSolver(new DualOptions(CoreUnits: 200, Sample: false));
            var result = solver.Solve(RareAction.Draw(30_000, seed), new SolveOptions((ulong)seed), TestContext.Current.CancellationToken);
            Assert.True(result.TryGetAllocation(out var allocation));
            Assert.Equal(("dual refinement", 1), (result.Diagnostics.Solver, result.Diagnostics.Attempts));
            Assert.InRange(allocation.Certificate.RelativeGap, -1e-12, 1e-6);
        }
    }

    [Fact]
    public void Round_OfBandsThatBind_KeepsEveryRowAndLosesLittle()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var program = ChannelPrograms.Draw(6_000, seed, 0.4, lower: 0.9);
            var allocation = Allocate(program, new DualSolver(SmallCore), (ulong)seed);
            Assert.Contains(allocation.Certificate.Rows, row => row.DualPrice < -1e-6);
            var decision = RandomizedRounding.Round(program, allocation, (ulong)seed);
            var certificate = decision.Certify(allocation);
            Assert.True(decision.KeepsRows);
            Assert.InRange(certificate.MaxRelativeRowViolation, 0, 1e-11);
            Assert.Equal((0, 0.0), (certificate.FractionalUnits, certificate.MaxUnitViolation));
            Assert.InRange(certificate.RelativeGap, 0, 2e-3);
        }
    }

    [Fact]
    public void Bound_GrowsWithTheBudget_AndThePriceIsItsSlope()
    {
        var program = ReferencePrograms.Mailing(8_000, 6, seed: 2, lowerShare: 0);
        var before = Allocate(program, new DualSolver(SmallCore));
        for (var budget = 1.05; budget < 1.5; budget += 0.05)
        {
            var more = Allocate(program.WithBounds(0, null, program.Rows[0].Upper * budget), new DualSolver(SmallCore));
            var rise = more.Certificate.DualBound - before.Certificate.DualBound;
            var step = more.Certificate.Rows[0].Upper!.Value - before.Certificate.Rows[0].Upper!.Value;
            // Concave: the slope of the chord lies between the prices at its ends.
            Assert.InRange(rise / step, more.DualPrices[0] - 1e-6, before.DualPrices[0] + 1e-6);
            before = more;
        }
    }

    [Fact]
    public void Solve_OfUnitsInAnotherOrder_HasTheSameOptimum()
    {
        var random = new Random(3);
        var units = Enumerable.Range(0, 4_000).Select(_ => (Values: Enumerable.Range(0, 3).Select(_ => Math.Exp(3 * random.NextDouble())).ToArray(), Cost: random.NextDouble())).ToArray();
        AllocationProgram Build(IEnumerable<(double[] Values, double Cost)> ordered)
        {
            var (builder, costs) = (new AllocationProgramBuilder(), new List<double>());
            foreach (var (values, cost) in ordered)
            {
                builder.AddUnit();
                for (var action = 0; action < 3; action++)
                {
                    builder.AddEdge(action, values[action]);
                    costs.Add(cost * (1 + action));
                }
            }

            return builder.AddRow("budget", RowKind.CostBudget, null, 900, costs.ToArray()).AddVolumeRow("first", 0, 500, null).Build();
        }

        var (one, other) = (Allocate(Build(units), new DualSolver(SmallCore)), Allocate(Build(units.Reverse()), new DualSolver(SmallCore)));
        Assert.Equal(one.Certificate.Objective, other.Certificate.Objective, 1e-6 * one.Certificate.Objective);
    }

    [Fact]
    public void Solve_OnAnyNumberOfThreads_GivesTheSameBytes()
    {
        foreach (var program in new[] { ReferencePrograms.Mailing(30_000, 5, seed: 4), ChannelPrograms.Draw(8_000, seed: 4) })
        {
            var one = Allocate(program, new DualSolver(SmallCore with { MaxParallelism = 1 }));
            var four = Allocate(program, new DualSolver(SmallCore with { MaxParallelism = 4 }));
            Assert.Equal(one.Probabilities.ToArray(), four.Probabilities.ToArray());
            Assert.Equal(one.DualPrices.ToArray(), four.DualPrices.ToArray());
        }
    }

    [Fact]
    public void Solve_FromYesterdaysPrices_TakesFewerSweepsThanFromZero()
    {
        var program = ReferencePrograms.Mailing(20_000, 6, seed: 4, lowerShare: 0);
        var yesterday = Allocate(program, new DualSolver(SmallCore)).DualPrices.ToArray();
        var today = program.WithBounds(0, null, program.Rows[0].Upper * 1.05);
        int Sweeps(double[] start)
        {
            var result = new DualSolver(SmallCore).Solve(today, new SolveOptions(WarmStart: start), TestContext.Current.CancellationToken);
            Assert.True(result.TryGetAllocation(out var allocation));
            Assert.InRange(allocation.Certificate.RelativeGap, -1e-9, 1e-6);
            return result.Diagnostics.FullPasses;
        }

        Assert.True(Sweeps(yesterday) < Sweeps(new double[yesterday.Length]));
    }

    [Fact]
    public void Solve_WithThousandsOfRows_IsFeasibleAndNearlyOptimal()
    {
        var program = MatchingProgram.Draw(6_000, 400, edgesPerSource: 8, seed: 3);
        Assert.True(program.Rows.Count > NewtonModel.LargestDense);
        var allocation = Allocate(program, new DualSolver());
        var optimum = Allocate(program, new ExactSolver()).Certificate.Objective;
        Assert.InRange(allocation.Certificate.MaxRelativeRowViolation, 0, 1e-9);
        Assert.InRange(allocation.Certificate.RelativeGap, 0, 1e-3);
        Assert.InRange(optimum, allocation.Certificate.Objective, allocation.Certificate.DualBound + 1e-9);
    }

    [Fact]
    public void Solve_WithAnEvaluatorThatMisleads_FallsBackToBlocks()
    {
        var program = ReferencePrograms.Mailing(9_000, 6, seed: 4, lowerShare: 0);
        var blind = new DualOptions(CoreUnits: 20, TargetGap: 1e-12, AcceptedGap: 1e-13, Evaluator: p => new Blind(p));
        var result = new DualSolver(blind).Solve(program, new SolveOptions(1), TestContext.Current.CancellationToken);
        Assert.True(result.TryGetAllocation(out var allocation));
        Assert.InRange(allocation.Certificate.RelativeGap, -1e-9, 1e-5);
        Assert.True(Blind.Calls > 0);
    }

    [Fact]
    public void Program_SentAsBytes_SolvesToTheSameBytes()
    {
        var program = ChannelPrograms.Draw(400, seed: 8, perUnitCaps: true);
        var block = PartitionBlock.FromBytes(new PartitionBlock(3, program).ToBytes());
        Assert.Equal(3, block.Index);
        var solver = new ExactSolver();
        Assert.Equal(Allocate(program, solver).Probabilities.ToArray(), Allocate(block.Program, solver).Probabilities.ToArray());
    }

    private static Allocation Allocate(AllocationProgram program, IAllocationSolver solver, ulong seed = 1)
    {
        var result = solver.Solve(program, new SolveOptions(seed), TestContext.Current.CancellationToken);
        Assert.True(result.TryGetAllocation(out var allocation), $"{result.Status}");
        return allocation;
    }

    // Sees no use of any row: prices stay where the sample put them.
    private sealed class Blind(AllocationProgram program) : IDualEvaluator
    {
        public static int Calls { get; private set; }

        public DualEvaluation Evaluate(ReadOnlySpan<double> prices, double smoothing)
        {
            Calls++;
            return new DualEvaluation(0, 0, [.. program.Rows.Select(row => row.Upper ?? row.Lower ?? 0)], new FreeGroups());
        }
    }
}
