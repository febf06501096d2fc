using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>Few rows: prices from samples, sweeps over everybody, and a vertex from the linear program over the core.</summary>
internal sealed class VertexStrategy(DualOptions options, string name)
{
    private const int LeastCore = 2_000;
    private const int CoreUnitsPerRow = 60;
    private const int CoreGrowth = 4;
    // A linear program over more units than this takes seconds; random blocks are then the better way.
    private const int LargestCore = 40_000;
    private const int MostPasses = 60;
    private const double LevelTolerance = 1e-4;
    private const double Tolerance = 1e-8;
    // Prices of a good sample, or of yesterday, are a few per cent off: so wide has the first band to be.
    private const double FirstShare = 0.05;

    /// <returns>The best certified result; null when no core was feasible.</returns>
    public AllocationResult? Solve(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var core = options.CoreUnits ?? Math.Max(LeastCore, CoreUnitsPerRow * program.Rows.Count);
        if (core >= program.UnitCount)
        {
            return Finish(program, new double[program.Rows.Count], program.UnitCount, 0, solve, cancellationToken);
        }

        var start = solve.WarmStart?.ToArray() ?? new SampleLadder(options, core).Prices(program, solve, cancellationToken);
        solve.Progress?.Report(new SolveProgress("refine", 0, 1));
        var scale = new ProgramScale(program, solve.Seed);
        var refinement = new DualRefinement(program, options.Evaluate(program), scale.TypicalPrices());
        refinement.Start(start, scale.SmoothingAt(start, FirstShare), cancellationToken);
        refinement.Run(new RefinementPlan(core / 2, 0, LevelTolerance, Tolerance, MostPasses), cancellationToken);
        return Finish(program, refinement.Prices, core, refinement.Passes, solve, cancellationToken);
    }

    private AllocationResult? Finish(
        AllocationProgram program, double[] prices, int core, int passes, SolveOptions solve, CancellationToken cancellationToken)
    {
        AllocationResult? best = null;
        for (var round = 1; ; round++, core *= CoreGrowth)
        {
            solve.Progress?.Report(new SolveProgress("core", round - 1, round));
            var selection = CoreSelection.At(program, prices, core);
            if (new CoreProgram(program, selection, prices).Solve(null, cancellationToken) is { } solved)
            {
                var diagnostics = new SolveDiagnostics(name, Attempts: round, FullPasses: passes, CoreUnits: selection.CoreUnits.Length);
                var result = AllocationResult.Certified(program, solved.Probabilities, solved.Prices, solve, diagnostics, selection.CoreUnits);
                best = best is null || result.Gap() < best.Gap() ? result : best;
                prices = solved.Prices;
            }

            if (best?.Gap() <= options.TargetGap || core >= program.UnitCount)
            {
                return best;
            }

            if (core >= LargestCore)
            {
                return FallBack(best, program, solve, cancellationToken);
            }
        }
    }

    private AllocationResult? FallBack(AllocationResult? best, AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        if (best?.Gap() <= options.AcceptedGap)
        {
            return best;
        }

        var blocks = new PartitionSolver().Solve(program, solve, cancellationToken);
        return best is null || blocks.Gap() < best.Gap() ? blocks : best;
    }
}
