using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Rounding;

public sealed class RandomizedRoundingTests
{
    [Fact]
    public void Round_OverManySeeds_KeepsUpperRowsExactlyAndMarginalsWithinBinomialBounds()
    {
        // Probabilities of a loose random policy: many fractional units and rows that the worst draw would break.
        var program = ReferencePrograms.Mailing(60, 3, seed: 9, lowerShare: 0);
        var x = new double[program.EdgeCount];
        var random = new Random(1);
        for (var edge = 0; edge < x.Length; edge++)
        {
            x[edge] = random.NextDouble() / 12;
        }

        AssertMarginalsAndFeasibility(program, x, 4000);
    }

    [Fact]
    public void Round_WithCapsAboveOne_KeepsCapsAndMarginals()
    {
        var program = ReferencePrograms.Mailing(30, 4, seed: 9, lowerShare: 0, upperShare: 0.2, cap: 2);
        var x = new double[program.EdgeCount];
        for (var edge = 0; edge < x.Length; edge++)
        {
            x[edge] = (edge / 4) % 7 == 0 ? new[] { 0.6, 0.5, 0.3, 0.6 }[edge % 4] : 0;
        }

        AssertMarginalsAndFeasibility(program, x, 4000);
    }

    [Fact]
    public void Round_OfAnOptimum_FixesAtMostTheFractionalUnitsAndLosesLittle()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var program = ReferencePrograms.Mailing(500, 4, seed, lowerShare: 0.01);
            new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var allocation);
            var decision = RandomizedRounding.Round(program, allocation!.Probabilities, allocation.DualPrices, (ulong)seed);
            var certificate = decision.Certify([]);
            Assert.InRange(certificate.MaxRelativeRowViolation, 0, 1e-12);
            Assert.True(decision.KeepsRows);
            Assert.InRange(decision.FixedUnits, 0, allocation.Certificate.FractionalUnits);
            Assert.Equal(0, certificate.FractionalUnits);
            Assert.InRange(certificate.Objective, 0.99 * allocation.Certificate.Objective, allocation.Certificate.DualBound);
        }
    }

    [Fact]
    public void Round_OfTheKnapsack_FixesTheHalfUpgradeToTheCheaperAction()
    {
        // The half upgrade of unit 0 would break the budget of 7 when drawn (4 + 2 + 2): it is fixed to action 0, at a loss of half of 9
        // − 6.
        var decision = RandomizedRounding.Round(ReferencePrograms.Knapsack(), EdgeProbabilities.Of([0.5, 0.5, 1, 0, 1, 0]), [1.5], seed: 3);
        Assert.Equal([1, 0, 1, 0, 1, 0], decision.Probabilities.ToArray());
        Assert.Equal((1, 1.5), (decision.FixedUnits, decision.ValueGivenUp));
        Assert.Equal((0, 2, 4), (decision.EdgeOf(0), decision.EdgeOf(1), decision.EdgeOf(2)));
        Assert.Equal(1, decision.ProbabilityOfDecision(0));
    }

    [Fact]
    public void Round_WithHeadRoom_LeavesTheProbabilitiesAlone()
    {
        double[] x = [0.25, 0.5, 0, 0.75, 0, 0];
        Assert.Equal(x, RandomizedRounding.Round(ReferencePrograms.Knapsack(8), EdgeProbabilities.Of(x), [], seed: 1).Probabilities.ToArray());
    }

    [Fact]
    public void Round_OfProbabilitiesThatBreakABudget_Throws() =>
        Assert.Throws<ArgumentException>(() => RandomizedRounding.Round(ReferencePrograms.Knapsack(), EdgeProbabilities.Of([0, 1, 0, 1, 0, 1]), [], seed: 1));

    [Fact]
    public void Round_WithADrawOutsideTheUnitInterval_NamesTheUnit() =>
        Assert.Contains(
            "Unit 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => RandomizedRounding.Round(ReferencePrograms.Knapsack(), EdgeProbabilities.Of(new double[6]), [], [0, 0.5, 1])).Message,
            StringComparison.Ordinal);

    private static void AssertMarginalsAndFeasibility(AllocationProgram program, double[] x, int seeds)
    {
        var counts = new int[program.EdgeCount];
        var probabilities = Array.Empty<double>();
        var noAction = new double[program.UnitCount];
        for (var seed = 0; seed < seeds; seed++)
        {
            var decision = RandomizedRounding.Round(program, EdgeProbabilities.Of(x), [], (ulong)seed);
            var certificate = decision.Certify([]);
            Assert.InRange(certificate.MaxRelativeRowViolation, 0, 1e-12);
            Assert.Equal(0, certificate.MaxUnitViolation);
            var chosen = decision.ToAllocation();
            probabilities = decision.Probabilities.ToArray();
            for (var edge = 0; edge < counts.Length; edge++)
            {
                counts[edge] += (int)chosen[edge];
            }

            for (var unit = 0; unit < noAction.Length; unit++)
            {
                // Inverse weighting by the probability of the decision has mean 1 for each decision that can happen.
                noAction[unit] += decision.EdgeOf(unit) is null ? 1 / decision.ProbabilityOfDecision(unit) : 0;
            }
        }

        Assert.Contains(probabilities, probability => probability is > 0 and < 1);
        for (var edge = 0; edge < counts.Length; edge++)
        {
            // Five standard deviations: one false alarm in a million edges.
            var bound = 5 * Math.Sqrt(seeds * probabilities[edge] * (1 - probabilities[edge]));
            Assert.InRange(counts[edge] - (seeds * probabilities[edge]), -bound - 1e-9, bound + 1e-9);
        }

        Assert.All(noAction.Where(weight => weight > 0), weight => Assert.InRange(weight / seeds, 0.8, 1.2));
    }
}
