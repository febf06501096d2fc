using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Compliance;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Solvers;

public sealed class ExactSolverTests : AllocationSolverCompliance
{
    protected override double RelativeLoss => 1e-9;

    protected override IAllocationSolver Create() => new ExactSolver();

    [Fact]
    public void Solve_OfSmallPrograms_AgreesWithTheEnumeratedDual()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var program = Small(seed, rows: 1 + (seed % 2));
            Assert.Equal(DualEnumeration.Optimum(program), Allocate(program).Certificate.Objective, 1e-9);
        }
    }

    [Fact]
    public void Solve_WithVolumeRowsOnly_AgreesWithTheEnumeratedDecisions()
    {
        // Unit caps and disjoint volume rows form a transportation problem, whose vertices are integral.
        var compared = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var builder = Units(random, 6, 3);
            for (var action = 0; action < 3; action++)
            {
                builder.AddVolumeRow($"volume {action}", action, random.Next(0, 2), random.Next(1, 3));
            }

            var program = builder.Build();
            if (IntegerEnumeration.Optimum(program) is { } optimum)
            {
                Assert.Equal(optimum, Allocate(program).Certificate.Objective, 1e-9);
                compared++;
            }
            else
            {
                Assert.Equal(AllocationStatus.Infeasible, Create().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).Status);
            }
        }

        Assert.InRange(compared, 20, 40);
    }

    [Fact]
    public void Solve_OfSmallPrograms_IsNeverBelowTheBestIntegralDecision()
    {
        for (var seed = 100; seed < 130; seed++)
        {
            var program = Small(seed, rows: 2);
            Assert.True(Allocate(program).Certificate.Objective >= IntegerEnumeration.Optimum(program) - 1e-9);
        }
    }

    [Fact]
    public void DualPrice_OfEveryRow_LiesBetweenTheDifferencesOnBothSides()
    {
        // The optimum is concave in each bound, so its price lies between the right and the left difference quotient.
        var program = ReferencePrograms.Mailing(400, 4, seed: 3, lowerShare: 0.05, upperShare: 0.12);
        var allocation = Allocate(program);
        var objective = allocation.Certificate.Objective;
        var (upperPriced, lowerPriced) = (0, 0);
        for (var r = 0; r < program.Rows.Count; r++)
        {
            var row = program.Rows[r];
            var price = allocation.DualPrices[r];
            var lower = price < 0;
            var step = 1e-3 * Math.Max(lower ? row.Lower!.Value : row.Upper!.Value, 1e-3);
            double Moved(double by) => Allocate(lower ? program.WithBounds(r, row.Lower + by, row.Upper) : program.WithBounds(r, row.Lower, row.Upper + by))
                .Certificate.Objective;
            var right = (Moved(step) - objective) / step;
            var left = (objective - Moved(-step)) / step;
            Assert.InRange(price, right - 1e-6, left + 1e-6);
            Assert.Equal(lower ? -1 : price > 0 ? 1 : 0, Math.Sign(Math.Round(right + left, 6)));
            upperPriced += price > 1e-6 ? 1 : 0;
            lowerPriced += price < -1e-6 ? 1 : 0;
        }

        Assert.True(upperPriced > 0 && lowerPriced > 0, $"{upperPriced} upper and {lowerPriced} lower rows had a price");
    }

    [Fact]
    public void Objective_GrowsWithTheBudgetAtAFallingRate()
    {
        double[] objectives = [.. Enumerable.Range(0, 12).Select(budget => Allocate(ReferencePrograms.Knapsack(budget)).Certificate.Objective)];
        double[] gains = [.. objectives.Zip(objectives.Skip(1), (a, b) => b - a)];
        Assert.All(gains, gain => Assert.True(gain >= -1e-9));
        Assert.All(gains.Zip(gains.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-9));
    }

    [Fact]
    public void Objective_DoesNotDependOnTheOrderOfUnits()
    {
        var random = new Random(4);
        var units = Enumerable.Range(0, 30).Select(_ => (Value: random.NextDouble(), Cost: random.NextDouble())).ToArray();
        AllocationProgram Build(IEnumerable<(double Value, double Cost)> ordered)
        {
            var builder = new AllocationProgramBuilder();
            var costs = new List<double>();
            foreach (var (value, cost) in ordered)
            {
                builder.AddUnit();
                builder.AddEdge(0, value);
                costs.Add(cost);
            }

            return builder.AddRow("budget", RowKind.CostBudget, null, 5, costs.ToArray()).Build();
        }

        Assert.Equal(Allocate(Build(units)).Certificate.Objective, Allocate(Build(units.Reverse())).Certificate.Objective, 1e-9);
    }

    [Fact]
    public void Relaxation_ThatTheExplanationAsksFor_MakesTheProgramFeasible()
    {
        // Volumes of both actions together ask for more sends than there are units, and the budget pays for fewer still.
        var builder = Units(new Random(1), 6, 2);
        builder.AddRow("budget", RowKind.CostBudget, null, 4, [.. Enumerable.Repeat(1.0, 12)]).AddVolumeRow("a", 0, 5, null).AddVolumeRow("b", 1, 4, 5);
        var program = builder.Build();
        var conflict = Create().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).Infeasibility!;
        Assert.Equal(["a", "b", "budget"], conflict.Rows.Select(row => row.Name).Order());
        foreach (var row in conflict.Rows)
        {
            var r = program.Rows.ToList().FindIndex(candidate => candidate.Name == row.Name);
            var (lower, upper) = (program.Rows[r].Lower, program.Rows[r].Upper);
            program = row.Side == BoundSide.Lower
                ? program.WithBounds(r, Math.Max(0, lower!.Value - row.Relaxation - 1e-9), upper)
                : program.WithBounds(r, lower, upper + row.Relaxation + 1e-9);
        }

        Assert.Equal(AllocationStatus.Optimal, Create().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).Status);
    }

    private static AllocationProgramBuilder Units(Random random, int units, int actions)
    {
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit();
            for (var action = 0; action < actions; action++)
            {
                builder.AddEdge(action, (random.NextDouble() * 10) - 2);
            }
        }

        return builder;
    }

    private static AllocationProgram Small(int seed, int rows)
    {
        var random = new Random(seed);
        var builder = Units(random, random.Next(2, 7), 3);
        var edges = builder.Build().EdgeCount;
        for (var r = 0; r < rows; r++)
        {
            double[] coefficients = [.. Enumerable.Range(0, edges).Select(_ => random.NextDouble() * 4)];
            builder.AddRow($"row {r}", RowKind.CostBudget, null, random.NextDouble() * edges, coefficients);
        }

        return builder.Build();
    }
}
