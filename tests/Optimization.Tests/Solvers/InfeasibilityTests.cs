using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Solvers;

public sealed class InfeasibilityTests
{
    [Fact]
    public void Minimal_OfTheConflict_SaysByHowMuchEachBoundAloneGivesWay()
    {
        // Three mails at 5 each against a budget of 10: 15 are needed, or one mail fewer.
        var conflict = Conflict(ReferencePrograms.Conflict());
        Assert.Equal(["sends", "budget"], conflict.Minimal.Select(row => row.Name));
        Assert.Equal(1, conflict.Minimal[0].RelaxationAlone!.Value, 1e-4);
        Assert.Equal(5, conflict.Minimal[1].RelaxationAlone!.Value, 1e-4);
        Assert.Equal((1.0, 0.0), (Math.Round(conflict.Minimal[0].Relaxation, 9), conflict.Minimal[1].Relaxation));
        // Price of the volume 1/3 a mail, of the budget 1/15 a dollar: −3/3 + 10/15 = −1/3, the relative relaxation.
        Assert.Equal(-1 / 3.0, conflict.Proof!.Value, 1e-9);
        Assert.Equal([1 / 15.0, -1 / 3.0, 0], conflict.Proof.Prices.ToArray().Select(price => Math.Round(price, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Minimal_OfABoundThatNoUnitCanMeet_IsThatBoundAlone()
    {
        var builder = new AllocationProgramBuilder();
        builder.AddUnit();
        builder.AddEdge(0, 1);
        builder.AddEdge(1, 1);
        var program = builder.AddVolumeRow("0", 0, 0.5, null).AddVolumeRow("1", 1, 3, 4).AddRow("all", RowKind.Volume, 0, null, 9).Build();
        var row = Assert.Single(Conflict(program).Minimal);
        Assert.Equal(("1", BoundSide.Lower, 3.0), (row.Name, row.Side, row.Bound));
        Assert.Equal(2, row.RelaxationAlone!.Value, 1e-4);
    }

    [Fact]
    public void Minimal_OfRandomPrograms_ConflictsAndLosesTheConflictWithAnyBound()
    {
        var (infeasible, sizes) = (0, new HashSet<int>());
        for (var seed = 0; infeasible < 200; seed++)
        {
            var program = RandomProgram(seed);
            if (Solve(program).Infeasibility is not { } conflict)
            {
                continue;
            }

            infeasible++;
            sizes.Add(conflict.Minimal.Count);
            Assert.NotEmpty(conflict.Minimal);
            Assert.Equal(AllocationStatus.Infeasible, Solve(Keep(program, conflict.Minimal)).Status);
            Assert.True(SlowBound(program, conflict.Proof!.Prices) < -1e-9, $"seed {seed}: the prices prove nothing");
            foreach (var row in conflict.Minimal)
            {
                Assert.True(Solve(Keep(program, [.. conflict.Minimal.Where(other => other != row)])).TryGetAllocation(out _), $"seed {seed}: {row} is not needed");
                Assert.True(row.RelaxationAlone > 0, $"seed {seed}: {row}");
                AllocationResult Relaxed(double by) => Solve(Keep(program, [.. conflict.Minimal.Select(other => other != row ? other : Moved(other, by))]));
                Assert.True(Relaxed(row.RelaxationAlone.Value + (1e-4 * row.Bound)).TryGetAllocation(out _), $"seed {seed}: {row} has to give way further");
                Assert.Equal(AllocationStatus.Infeasible, Relaxed(row.RelaxationAlone.Value * (1 - 1e-3)).Status);
            }
        }

        Assert.True(sizes.Count >= 4, $"conflicts of sizes {string.Join(", ", sizes)}");
    }

    [Fact]
    public void Explain_OfALargeProgram_ProvesTheConflictOnAllUnits()
    {
        // 4 campaigns ask for 30 % of the units each, one mail a unit; the budget is out of it.
        var program = ReferencePrograms.Mailing(30_000, 4, seed: 6, lowerShare: 0.3, upperShare: 0.4, room: 100);
        var conflict = InfeasibilityAnalysis.Explain(program, null, TestContext.Current.CancellationToken);
        Assert.NotNull(conflict);
        Assert.Equal(["volume 0", "volume 1", "volume 2", "volume 3"], conflict.Minimal.Select(row => row.Name).Order());
        // 4 · 0.3 − 1 = 0.2 of the units too many, whichever volume gives way
        Assert.All(conflict.Minimal, row => Assert.Equal(0.2, row.RelaxationAlone!.Value / program.UnitCount, 1e-5));
        Assert.True(SlowBound(program, conflict.Proof!.Prices) < 0);
    }

    [Fact]
    public void Explain_OfALargeProgramWithARareCampaign_FindsIt()
    {
        // 40 of 30,000 units can take action 1 and it asks for 60.
        var (units, random) = (30_000, new Random(3));
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(0, random.NextDouble());
            if (unit % 750 == 0)
            {
                builder.AddEdge(1, random.NextDouble());
            }
        }

        var program = builder.AddVolumeRow("mass", 0, 5_000, 9_000).AddVolumeRow("rare", 1, 60, null).Build();
        var conflict = InfeasibilityAnalysis.Explain(program, null, TestContext.Current.CancellationToken)!;
        var row = Assert.Single(conflict.Minimal);
        Assert.Equal("rare", row.Name);
        Assert.Equal(20, row.RelaxationAlone!.Value, 1e-3);
    }

    [Fact]
    public void Explain_OfHundredsOfRows_FindsTheFewThatConflict()
    {
        // 300 campaigns of which any unit can take three; the first three alone are open to the first ten units and ask for four each.
        var random = new Random(7);
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < 2_000; unit++)
        {
            builder.AddUnit();
            var first = unit < 10 ? 0 : 3 + random.Next(0, 97);
            foreach (var action in unit < 10 ? new[] { 0, 1, 2 } : [first, first + 100, first + 200])
            {
                builder.AddEdge(action, random.NextDouble());
            }
        }

        for (var action = 0; action < 300; action++)
        {
            builder.AddVolumeRow($"volume {action}", action, action < 3 ? 4 : action is 100 or 101 or 102 or 200 or 201 or 202 ? 0 : 2, 40);
        }

        var conflict = InfeasibilityAnalysis.Explain(builder.Build(), null, TestContext.Current.CancellationToken)!;
        Assert.Equal(["volume 0", "volume 1", "volume 2"], conflict.Minimal.Select(row => row.Name).Order());
        Assert.All(conflict.Minimal, row => Assert.Equal(2, row.RelaxationAlone!.Value, 1e-4));
    }

    [Fact]
    public void Explain_OfAFeasibleProgram_ProvesNothing()
    {
        Assert.Null(InfeasibilityAnalysis.Explain(ReferencePrograms.LowerVolume(), null, TestContext.Current.CancellationToken));
        Assert.Null(InfeasibilityAnalysis.Explain(ReferencePrograms.Knapsack(), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Bound_OfPricesThatProveNothing_IsNotBelowZeroForAFeasibleProgram()
    {
        var program = ReferencePrograms.Mailing(200, 3, seed: 1);
        var random = new Random(9);
        for (var draw = 0; draw < 50; draw++)
        {
            double[] prices = [.. program.Rows.Select(_ => (random.NextDouble() * 2) - 1)];
            Assert.Equal(SlowBound(program, prices), FarkasProof.Bound(program, prices), 1e-8);
            Assert.False(FarkasProof.TryProve(program, prices, out _));
        }

        Assert.Equal("prices", Assert.Throws<ArgumentException>(() => FarkasProof.Bound(program, [1])).ParamName);
        Assert.Equal("prices", Assert.Throws<ArgumentException>(() => FarkasProof.Bound(program, new double[] { 1, double.NaN, 0, 0, 0 })).ParamName);
    }

    /// <summary>Σ bound · price + Σ_u max over all subsets of the unit's edges that its caps allow, by enumeration.</summary>
    private static double SlowBound(AllocationProgram program, ReadOnlySpan<double> prices)
    {
        var bound = 0.0;
        var charges = new double[program.EdgeCount];
        for (var r = 0; r < prices.Length; r++)
        {
            var row = program.Rows[r];
            var price = prices[r] > 0 ? row.Upper is null ? 0 : prices[r] : row.Lower is null ? 0 : prices[r];
            bound += price * ((price > 0 ? row.Upper : row.Lower) ?? 0);
            for (var edge = 0; edge < charges.Length; edge++)
            {
                charges[edge] += price * program.Coefficient(r, edge);
            }
        }

        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var (first, count, best) = (program.RowStart[unit], program.RowStart[unit + 1] - program.RowStart[unit], 0.0);
            for (var set = 0; set < 1 << count; set++)
            {
                int[] edges = [.. Enumerable.Range(0, count).Where(i => (set >> i & 1) == 1).Select(i => first + i)];
                var allowed = edges.Length <= program.Limits.Cap(unit);
                for (var channel = 0; channel < program.Limits.Channels; channel++)
                {
                    allowed &= edges.Count(edge => program.Limits.ChannelOf(program.Actions[edge]) == channel) <= program.Limits.ChannelCap(unit, channel);
                }

                best = allowed ? Math.Max(best, -edges.Sum(edge => charges[edge])) : best;
            }

            bound += best;
        }

        return bound;
    }

    private static ConflictingRow Moved(ConflictingRow row, double by) =>
        row with { Bound = row.Side == BoundSide.Lower ? Math.Max(0, row.Bound - by) : row.Bound + by };

    private static AllocationProgram Keep(AllocationProgram program, IReadOnlyList<ConflictingRow> bounds)
    {
        for (var r = 0; r < program.Rows.Count; r++)
        {
            double? Bound(BoundSide side) => bounds.FirstOrDefault(bound => bound.Name == program.Rows[r].Name && bound.Side == side)?.Bound;
            program = program.WithBounds(r, Bound(BoundSide.Lower), Bound(BoundSide.Upper));
        }

        return program;
    }

    private static AllocationProgram RandomProgram(int seed)
    {
        var random = new Random(seed);
        var builder = new AllocationProgramBuilder();
        for (var unit = random.Next(3, 8); unit > 0; unit--)
        {
            builder.AddUnit(random.Next(1, 3));
            foreach (var action in Enumerable.Range(0, 4).Where(_ => random.NextDouble() < 0.7))
            {
                builder.AddEdge(action, random.NextDouble() - 0.2);
            }
        }

        if (seed % 3 == 0)
        {
            builder.WithChannels([0, 0, 1, UnitLimits.NoChannel], [1, 1], 2);
        }

        var cost = builder.AddMeasure("cost", [1.0, 2.0, 0.5, 4.0]);
        for (var action = 0; action < 4; action++)
        {
            var lower = random.Next(0, 4);
            builder.AddVolumeRow($"volume {action}", action, lower == 0 ? null : lower, random.NextDouble() < 0.5 ? lower + random.Next(0, 3) : null);
        }

        builder.AddRow("budget", RowKind.CostBudget, cost, random.NextDouble() < 0.3 ? 4 : null, 4 + (random.NextDouble() * 10));
        builder.AddRow("mails", RowKind.Volume, AllocationProgramBuilder.CountMeasure, null, random.Next(2, 9));
        builder.AddRow("pair", RowKind.Volume, AllocationProgramBuilder.CountMeasure, null, 1 + (random.NextDouble() * 4), [0, 2]);
        return builder.Build();
    }

    private static AllocationResult Solve(AllocationProgram program) =>
        new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken);

    private static Infeasibility Conflict(AllocationProgram program)
    {
        var result = Solve(program);
        Assert.Equal(AllocationStatus.Infeasible, result.Status);
        return result.Infeasibility!;
    }
}
