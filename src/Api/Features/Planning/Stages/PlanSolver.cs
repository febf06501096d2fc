using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>The one place where a plan's program meets a solver: chosen by size, unless one was given.</summary>
/// <param name="given">Solves every program; null to choose.</param>
internal sealed class PlanSolver(IAllocationSolver? given = null)
{
    /// <summary>Up to here the whole program is solved at once; above, it is cut at random into blocks.</summary>
    public const int LargestExact = 20_000;

    /// <param name="program">What to solve.</param>
    /// <param name="options">Seed and time limit.</param>
    /// <param name="warmStart">Prices of the rows of a program like this one, or empty; a hint that changes the way, not the result's quality.</param>
    /// <param name="progress">Told of passes.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    public AllocationResult Solve(
        AllocationProgram program, SolveOptions options, ReadOnlySpan<double> warmStart, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
    {
        var solver = given ?? (program.UnitCount <= LargestExact ? new ExactSolver() : new PartitionSolver());
        progress?.Report(new SolveProgress(0, null));
        return solver.Solve(program, options, cancellationToken);
    }

    /// <summary>The same behind the engine's seam, for designs that solve a part of the program.</summary>
    public IAllocationSolver With(double[] warmStart, IProgress<SolveProgress>? progress) => new Bound(this, warmStart, progress);

    private sealed class Bound(PlanSolver solver, double[] warmStart, IProgress<SolveProgress>? progress) : IAllocationSolver
    {
        public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default) =>
            solver.Solve(program, options, warmStart, progress, cancellationToken);
    }
}
