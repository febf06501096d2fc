using Noah.Optimization.Duals;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Compliance;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Duals;

public sealed class DualSolverTests : AllocationSolverCompliance
{
    protected override double RelativeLoss => 1e-6;

    // A core of a few units, so that even the small programs go through the sample and the refinement.
    protected override IAllocationSolver Create() => new DualSolver(new DualOptions(TargetGap: 1e-8, AcceptedGap: 1e-8, CoreUnits: 20));

    [Fact]
    public void Solve_OfRandomPrograms_EqualsGlop()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var program = ReferencePrograms.Mailing(
                random.Next(30, 160), random.Next(2, 6), seed, lowerShare: 0.02 * random.NextDouble(), room: 0.2 + (2 * random.NextDouble()), cap: random.Next(1, 3));
            var exact = new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken);
            var dual = Create().Solve(program, new SolveOptions((ulong)seed), TestContext.Current.CancellationToken);
            Assert.Equal(exact.Status == AllocationStatus.Infeasible, dual.Status == AllocationStatus.Infeasible);
            if (exact.TryGetAllocation(out var optimum))
            {
                Assert.True(dual.TryGetAllocation(out var allocation), $"seed {seed}: {dual.Status}");
                Assert.Equal(optimum.Certificate.Objective, allocation.Certificate.Objective, 1e-7 * Math.Max(1, optimum.Certificate.Objective));
                Assert.Equal(optimum.Certificate.Objective, allocation.Certificate.DualBound, 1e-7 * Math.Max(1, optimum.Certificate.Objective));
            }
        }
    }
}
