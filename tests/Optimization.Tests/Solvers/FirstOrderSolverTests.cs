using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Compliance;

namespace Noah.Optimization.Tests.Solvers;

public sealed class FirstOrderSolverTests : AllocationSolverCompliance
{
    protected override double RelativeLoss => 1e-5;

    protected override IAllocationSolver Create() => new ExactSolver(ExactAlgorithm.FirstOrder);
}
