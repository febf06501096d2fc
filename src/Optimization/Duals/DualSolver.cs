using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>
/// Solves programs of millions of units through their prices: a random sample gives prices that are nearly right, a few sweeps over the whole population
/// make them right, and a linear program over the few units that are undecided at those prices makes the allocation exactly feasible and the prices
/// exact.
/// </summary>
/// <remarks>
/// With K rows an optimal vertex has at most K fractional units, so all but a few thousand units take their best action at the optimal prices. What is
/// returned is certified on the whole program; a gap above the target enlarges the core, up to the whole.
/// </remarks>
/// <param name="options">Target gap and sizes; null for the defaults.</param>
public sealed class DualSolver(DualOptions? options = null) : IAllocationSolver
{
    private const int LeastCore = 2_000;
    private const int CoreUnitsPerRow = 60;
    private const int MostCores = 5;

    private readonly DualOptions _options = options ?? new DualOptions();

    /// <inheritdoc/>
    public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(program.Rows.Count);
        _options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.TimeLimit is { } limit)
        {
            limited.CancelAfter(limit);
        }

        try
        {
            return SolveWithin(program, options, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AllocationResult.Without(AllocationStatus.TimeLimit, options, new SolveDiagnostics(Name));
        }
    }

    private const string Name = "dual refinement";

    private AllocationResult SolveWithin(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken)
    {
        var core = _options.CoreUnits ?? Math.Max(LeastCore, CoreUnitsPerRow * program.Rows.Count);
        var scale = new ProgramScale(program, options.Seed);
        var typical = scale.TypicalPrices();
        var refinement = new DualRefinement(program, _options.Evaluate(program), typical);
        double[] prices = new double[program.Rows.Count];
        if (core < program.UnitCount)
        {
            var start = options.WarmStart?.ToArray() ?? new SampleLadder(_options, core).Prices(program, options, cancellationToken);
            options.Progress?.Report(new SolveProgress("refine", 0, 1));
            refinement.Run(start, scale.SmoothingAt(start, FirstShare), new RefinementPlan(core / 2, 0, 1e-4, 1e-8, 60), cancellationToken);
            prices = refinement.Prices;
        }

        return Finish(program, prices, core, refinement.Passes, options, cancellationToken);
    }

    private const double FirstShare = 0.05;

    private AllocationResult Finish(
        AllocationProgram program, double[] prices, int core, int passes, SolveOptions options, CancellationToken cancellationToken)
    {
        AllocationResult? best = null;
        for (var round = 1; round <= MostCores; round++, core *= 4)
        {
            options.Progress?.Report(new SolveProgress("core", round - 1, MostCores));
            var selection = CoreSelection.At(program, prices, core);
            if (new CoreProgram(program, selection, prices).Solve(null, cancellationToken) is not { } solved)
            {
                if (core >= program.UnitCount)
                {
                    break;
                }

                continue;
            }

            var diagnostics = new SolveDiagnostics(Name, Attempts: round, FullPasses: passes, CoreUnits: selection.CoreUnits.Length);
            var result = AllocationResult.Certified(program, solved.Probabilities, solved.Prices, options, diagnostics);
            best = Better(best, result);
            if (core >= program.UnitCount || Gap(result) <= _options.TargetGap)
            {
                return best;
            }

            prices = solved.Prices;
        }

        return best ?? Explained(program, options, cancellationToken);
    }

    private static AllocationResult Explained(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken) =>
        InfeasibilityAnalysis.Explain(program, options.TimeLimit, cancellationToken) is { } conflict
            ? AllocationResult.Conflict(conflict, options, new SolveDiagnostics(Name))
            : AllocationResult.Without(AllocationStatus.NotConverged, options, new SolveDiagnostics(Name));

    private static AllocationResult Better(AllocationResult? a, AllocationResult b) => a is null || Gap(b) < Gap(a) ? b : a;

    private static double Gap(AllocationResult result) =>
        result.TryGetAllocation(out var allocation) ? allocation.Certificate.RelativeGap : double.PositiveInfinity;
}
