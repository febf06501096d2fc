using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>Few rows: prices from samples, sweeps over everybody, and a vertex from the linear program over the core.</summary>
internal sealed class VertexStrategy(DualOptions options, string name)
{
    private const int MostPasses = 60;
    private const double LevelTolerance = 1e-4;
    private const double Tolerance = 1e-8;
    // Prices of a good sample, or of yesterday, are a few per cent off: so wide has the first band to be.
    private const double FirstShare = 0.05;

    /// <returns>The best certified result, by random blocks where its own is worse than accepted; null when no core was feasible.</returns>
    public AllocationResult? Solve(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var core = options.CoreUnits ?? CoreFinish.FirstSize(program);
        if (core >= program.UnitCount)
        {
            var whole = new double[program.Rows.Count];
            return CoreFinish.Run(program, whole, core, options.TargetGap, solve, new SolveDiagnostics(name), cancellationToken);
        }

        var start = solve.WarmStart?.ToArray() ?? new SampleLadder(options, core).Prices(program, solve, cancellationToken);
        var best = FromPrices(program, start, core, solve, new SolveDiagnostics(name), cancellationToken);
        if (best?.Gap() <= options.AcceptedGap)
        {
            return best;
        }

        var blocks = new PartitionSolver().Solve(program, solve, cancellationToken);
        return best is null || blocks.Gap() < best.Gap() ? blocks : best;
    }

    /// <summary>From prices that are a few per cent off to a vertex.</summary>
    /// <returns>The best certified result; null when no core was feasible.</returns>
    public AllocationResult? FromPrices(
        AllocationProgram program, double[] start, int core, SolveOptions solve, SolveDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        solve.Progress?.Report(new SolveProgress("refine", 0, 1));
        var scale = new ProgramScale(program, solve.Seed);
        var refinement = new DualRefinement(program, options.Evaluate(program), scale.TypicalPrices());
        refinement.Start(start, scale.SmoothingAt(start, FirstShare), cancellationToken);
        refinement.Run(new RefinementPlan(core / 2, 0, LevelTolerance, Tolerance, MostPasses), cancellationToken);
        return CoreFinish.Run(
            program, refinement.Prices, core, options.TargetGap, solve, diagnostics with { FullPasses = refinement.Passes }, cancellationToken);
    }
}
