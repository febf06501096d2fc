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
    private const double GreatestFirstShare = 0.05;
    // A band as narrow as the core still leads the way when this many times as many units are misplaced.
    private const double WithinReach = 2;
    private const double SharpShare = 0.9;
    // Units out of balance for each unit of the core that the linear program over it can still place.
    private const double ImbalancePerCoreUnit = 0.02;

    /// <returns>The best certified result, by random blocks where its own is worse than accepted; null when no core was feasible.</returns>
    public AllocationResult? Solve(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var core = options.CoreUnits ?? CoreFinish.FirstSize(program);
        if (core >= program.UnitCount)
        {
            var whole = new double[program.Rows.Count];
            return CoreFinish.Run(program, whole, core, options.TargetGap, options.AcceptedGap, solve, new SolveDiagnostics(name), cancellationToken);
        }

        var (start, misplaced) = options.Sample
            ? new SampleLadder(options, core).Run(program, solve, cancellationToken)
            : (solve.WarmStart?.ToArray() ?? new double[program.Rows.Count], GreatestFirstShare);
        var best = FromPrices(program, start, misplaced, core, solve, new SolveDiagnostics(name), cancellationToken);
        if (best is null || best.Gap() <= options.AcceptedGap)
        {
            return best;
        }

        var blocks = new PartitionSolver().Solve(program, solve, cancellationToken);
        return blocks.Gap() < best.Gap() ? blocks : best;
    }

    /// <summary>From prices that are a few per cent off to a vertex.</summary>
    /// <param name="program">The program.</param>
    /// <param name="start">Prices to start from.</param>
    /// <param name="misplaced">Share of units that their error may have misplaced: so wide the first band has to be.</param>
    /// <param name="core">Size of the first core.</param>
    /// <param name="solve">Seed and progress.</param>
    /// <param name="diagnostics">Completed and echoed.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The best certified result; null when no core was feasible.</returns>
    public AllocationResult? FromPrices(
        AllocationProgram program, double[] start, double misplaced, int core, SolveOptions solve, SolveDiagnostics diagnostics,
        CancellationToken cancellationToken)
    {
        solve.Progress?.Report(new SolveProgress("refine", 0, 1));
        var scale = new ProgramScale(program, solve.Seed);
        var refinement = new DualRefinement(program, options.Evaluate(program), scale);
        var sharp = SharpShare * core / program.UnitCount;
        var share = misplaced <= WithinReach * sharp ? sharp : Math.Min(GreatestFirstShare, misplaced);
        refinement.Start(start, scale.SmoothingAt(start, share), cancellationToken);
        refinement.Run(new RefinementPlan(core, 0, LevelTolerance, Tolerance, MostPasses, ImbalancePerCoreUnit * core), cancellationToken);
        return CoreFinish.Run(
            program, refinement.Prices, core, options.TargetGap, options.AcceptedGap, solve, diagnostics with { FullPasses = refinement.Passes }, cancellationToken);
    }
}
