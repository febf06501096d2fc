using Noah.Optimization.Exploration;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Exploration;

public sealed class ExplorationDesignTests(ITestOutputHelper output)
{
    [Fact]
    public void Propensities_OfAUnit_AreTheFrequenciesOverItsOwnDraw()
    {
        // The others' draws are held; one unit's draw walks over a fine grid. Its decisions must occur as often as the plan says for it.
        var program = ReferencePrograms.Mailing(40, 3, seed: 12, lowerShare: 0, upperShare: 0.5, room: 1.6);
        const int Grid = 500;
        var options = new ExplorationOptions(Share: 0.2);
        var random = new Random(5);
        double[] draws = [.. Enumerable.Range(0, program.UnitCount).Select(_ => random.NextDouble())];
        for (var unit = 0; unit < program.UnitCount; unit += 5)
        {
            var counts = new int[4];
            ExplorationPlan? optimised = null;
            for (var step = 0; step < Grid; step++)
            {
                var own = (double[])draws.Clone();
                own[unit] = (step + 0.5) / Grid;
                var plan = Plan(program, options, own);
                counts[plan.EdgeOf(unit) is { } edge ? edge - program.RowStart[unit] : 3]++;
                optimised = plan.Explores[unit] ? optimised : plan;
            }

            for (var k = 0; k < 3; k++)
            {
                Assert.Equal(optimised!.EdgePropensities[program.RowStart[unit] + k], (double)counts[k] / Grid, 2.1 / Grid);
            }

            Assert.Equal(optimised!.NoActionPropensities[unit], (double)counts[3] / Grid, 2.1 / Grid);
        }
    }

    [Fact]
    public void Propensities_OverManySeeds_AreUnbiasedForEveryDecision()
    {
        var program = ReferencePrograms.Mailing(40, 2, seed: 12, lowerShare: 0, upperShare: 0.5, room: 1.6);
        const int Seeds = 3000;
        var excess = new double[program.EdgeCount];
        var variance = new double[program.EdgeCount];
        var (noAction, weight) = (0.0, 0.0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = Plan(program, new ExplorationOptions(0.1), (ulong)seed);
            for (var edge = 0; edge < excess.Length; edge++)
            {
                var propensity = plan.EdgePropensities[edge];
                excess[edge] += (plan.Chosen[edge] ? 1 : 0) - propensity;
                variance[edge] += propensity * (1 - propensity);
            }

            for (var unit = 0; unit < program.UnitCount; unit++)
            {
                noAction += plan.EdgeOf(unit) is null ? 1 : 0;
                noAction -= plan.NoActionPropensities[unit];
                weight += 1 / plan.DecisionPropensities[unit] / (Seeds * program.UnitCount);
            }
        }

        // Pricing an explorer is exact only up to its own effect on the prices: at most as many units as rows lie at the margin, 4 of 40
        // here.
        var margin = 0.1 * program.Rows.Count / program.UnitCount;
        output.WriteLine($"bias of the no-action propensity {noAction / (Seeds * program.UnitCount):E2}, limit {margin:E2}");
        Assert.InRange(noAction / (Seeds * program.UnitCount), -margin, margin);
        // Three decisions are possible for every unit, each with positive probability: E[1/propensity] = 3.
        Assert.Equal(3, weight, 0.05);
        for (var edge = 0; edge < excess.Length; edge++)
        {
            var bound = (5 * Math.Sqrt(variance[edge])) + (margin * Seeds);
            Assert.InRange(excess[edge], -bound, bound);
        }
    }

    [Fact]
    public void Plan_NeverBreaksAnUpperBoundAndSumsPropensitiesToOne()
    {
        var program = ReferencePrograms.Mailing(2000, 4, seed: 3, lowerShare: 0);
        for (var seed = 0UL; seed < 5; seed++)
        {
            var plan = Plan(program, new ExplorationOptions(), seed);
            Assert.All(plan.Certificate.Rows, row => Assert.False(row.Use > row.Upper));
            Assert.InRange((double)plan.Explores.Count(true) / program.UnitCount, 0.005, 0.035);
            for (var unit = 0; unit < program.UnitCount; unit++)
            {
                var total = plan.NoActionPropensities[unit];
                for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
                {
                    total += plan.EdgePropensities[edge];
                    Assert.True(plan.EdgePropensities[edge] >= 0.02 / 5 - 1e-15);
                }

                Assert.Equal(1, total, 1e-12);
                var own = plan.EdgeOf(unit) is { } chosen ? plan.EdgePropensities[chosen] : plan.NoActionPropensities[unit];
                Assert.Equal(own, plan.DecisionPropensities[unit], 1e-12);
            }
        }
    }

    [Fact]
    public void ForgoneValue_IsAnUpperLimitOfWhatExplorationLosesAndNearIt()
    {
        var program = ReferencePrograms.Mailing(3000, 4, seed: 3, lowerShare: 0.01);
        new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var whole);
        var plan = Plan(program, new ExplorationOptions(0.05), seed: 1);
        var loss = whole!.Certificate.Objective - (plan.Certificate.Objective + plan.Rounding.ValueGivenUp);
        output.WriteLine($"optimum {whole.Certificate.Objective:F2}, forgone {plan.ForgoneValue:F2}, loss with rounding noise {loss:F2}");
        // What is left random after rounding moves the realised objective by a unit's value or so.
        Assert.InRange(plan.ForgoneValue, loss - 2, (1.1 * loss) + 2);
        Assert.True(plan.ForgoneValue > 0);
    }

    [Fact]
    public void ExplorersX_AtThePrices_IsWhatTheOptimiserDoesWithThem()
    {
        var program = ReferencePrograms.Mailing(3000, 4, seed: 6, lowerShare: 0);
        new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var whole);
        var plan = Plan(program, new ExplorationOptions(0.1), seed: 2);
        var (same, explorers) = (0, 0);
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            if (plan.Explores[unit])
            {
                var range = program.RowStart[unit]..program.RowStart[unit + 1];
                explorers++;
                same += plan.OptimisedProbabilities[range].SequenceEqual(whole!.Probabilities.ToArray()[range]) ? 1 : 0;
            }
        }

        // The prices of the two programs differ a little: the explorers draw more or less than their share of the bounds.
        output.WriteLine($"{same} of {explorers} explorers agree");
        Assert.InRange((double)same / explorers, 0.9, 1);
    }

    [Fact]
    public void Plan_WithAShareOfZero_IsTheOptimisersOwn()
    {
        var plan = Plan(ReferencePrograms.Knapsack(), new ExplorationOptions(0), seed: 1);
        Assert.Equal(0, plan.ForgoneValue);
        Assert.Equal([1, 0, 1, 0, 1, 0], plan.EdgePropensities.ToArray());
    }

    [Fact]
    public void Plan_WhenTheExplorersAloneExceedABound_NamesIt()
    {
        // All three units explore (draws below the share); the highest place below it names no action, the lowest the first.
        var result = ExplorationDesign.Plan(
            ReferencePrograms.Knapsack(3), new ExactSolver(), new ExplorationOptions(0.9), new SolveOptions(), [0.0, 0.0, 0.89], TestContext.Current.CancellationToken);
        Assert.False(result.TryGetPlan(out _));
        Assert.Equal(new ConflictingRow("budget", BoundSide.Upper, 3, 1), Assert.Single(result.Solve.Infeasibility!.Rows));
    }

    [Fact]
    public void Plan_WithAPartitionSolver_IsDeterministicInItsSeed()
    {
        var program = ReferencePrograms.Mailing(1500, 3, seed: 3, lowerShare: 0);
        var solver = new PartitionSolver(new PartitionOptions(BlockSize: 500, MaxParallelism: 2));
        bool[] Chosen(ulong seed)
        {
            Assert.True(ExplorationDesign.Plan(program, solver, new(), new SolveOptions(seed), TestContext.Current.CancellationToken).TryGetPlan(out var plan));
            return plan.Chosen.ToArray();
        }

        Assert.Equal(Chosen(1), Chosen(1));
        Assert.NotEqual(Chosen(1), Chosen(2));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Plan_WithAShareOutsideItsInterval_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(ReferencePrograms.Knapsack(), new ExplorationOptions(share), seed: 1));

    private static ExplorationPlan Plan(AllocationProgram program, ExplorationOptions options, ulong seed)
    {
        var result = ExplorationDesign.Plan(program, new ExactSolver(), options, new SolveOptions(seed), TestContext.Current.CancellationToken);
        Assert.True(result.TryGetPlan(out var plan), $"status {result.Solve.Status}");
        return plan;
    }

    private static ExplorationPlan Plan(AllocationProgram program, ExplorationOptions options, double[] draws)
    {
        var result = ExplorationDesign.Plan(program, new ExactSolver(), options, new SolveOptions(), draws, TestContext.Current.CancellationToken);
        Assert.True(result.TryGetPlan(out var plan), $"status {result.Solve.Status}");
        return plan;
    }
}
