using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>From prices that are nearly optimal to an exactly feasible vertex: linear programs over larger and larger cores until the certificate is content.</summary>
internal static class CoreFinish
{
    private const int LeastCore = 2_000;
    private const int CoreUnitsPerRow = 60;
    private const int Growth = 2;
    // A linear program over more units than this takes seconds; other means are then the better way.
    private const int LargestCore = 40_000;

    /// <summary>Size of the first core.</summary>
    public static int FirstSize(AllocationProgram program) => Math.Max(LeastCore, CoreUnitsPerRow * program.Rows.Count);

    /// <param name="program">The program.</param>
    /// <param name="prices">Nearly optimal prices.</param>
    /// <param name="core">Size of the first core.</param>
    /// <param name="targetGap">Certified gap at which to stop.</param>
    /// <param name="acceptedGap">Certified gap at which to stop when a second core has not reached the target: each further one takes several times as
    /// long.</param>
    /// <param name="solve">Echoed in the result; receives progress.</param>
    /// <param name="diagnostics">Completed with the number of cores and the size of the last.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The best result; null when no core was feasible.</returns>
    public static AllocationResult? Run(
        AllocationProgram program, double[] prices, int core, double targetGap, double acceptedGap, SolveOptions solve, SolveDiagnostics diagnostics,
        CancellationToken cancellationToken)
    {
        AllocationResult? best = null;
        for (var round = 1; ; round++, core *= Growth)
        {
            solve.Progress?.Report(new SolveProgress("core", round - 1, round));
            var selection = CoreSelection.At(program, prices, core);
            if (new CoreProgram(program, selection, prices).Solve(null, cancellationToken) is { } solved)
            {
                var how = diagnostics with { Attempts = round, CoreUnits = selection.CoreUnits.Length };
                AllocationResult CertifiedAt(double[] at) => AllocationResult.Certified(program, solved.Probabilities, at, solve, how, selection.CoreUnits);
                var result = CertifiedAt(solved.Prices);
                // A row with hardly a unit in the core may be met by chance, and its price then be anything: the prices before know better.
                if (result.Gap() > targetGap && CertifiedAt(prices) is var before && before.Gap() < result.Gap())
                {
                    result = before;
                }
                else
                {
                    prices = solved.Prices;
                }

                best = best is null || result.Gap() < best.Gap() ? result : best;
            }

            if (best?.Gap() <= (round < 2 ? targetGap : Math.Max(targetGap, acceptedGap)) || core >= program.UnitCount || core >= LargestCore)
            {
                return best;
            }
        }
    }
}
