using Noah.Optimization.Exploration;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>
/// Solves a run's program under its randomised design: the same explorers draw the same actions under any bounds, so that what two
/// solutions differ by is the bounds' doing.
/// </summary>
internal sealed class PlanSolve(IAllocationSolver solver, PlanningTerms terms, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
{
    /// <param name="program">The run's program, with whatever bounds.</param>
    /// <param name="warmStart">Prices of its rows under other bounds; null when there are none yet.</param>
    public ExplorationResult Run(AllocationProgram program, IReadOnlyList<double>? warmStart) => ExplorationDesign.Plan(
        program, solver, new ExplorationOptions(terms.ExplorationShare), new SolveOptions(terms.Seed, WarmStart: warmStart, Progress: progress), cancellationToken);
}
