using Noah.Optimization.Exploration;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>
/// Solves a run's program under its randomised design: the same explorers draw the same actions under any bounds, so that what two
/// solutions differ by is the bounds' doing.
/// </summary>
internal sealed class PlanSolve(PlanSolver solver, PlanningTerms terms, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
{
    /// <param name="program">The run's program, with whatever bounds.</param>
    /// <param name="warmStart">Prices of its rows under other bounds, or empty.</param>
    public ExplorationResult Run(AllocationProgram program, double[] warmStart) => ExplorationDesign.Plan(
        program, solver.With(warmStart, progress), new ExplorationOptions(terms.ExplorationShare), new SolveOptions(terms.Seed), cancellationToken);
}
