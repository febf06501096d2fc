using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>Thousands of rows: the path of the prices as smoothing falls, with the smoothed choices as allocation.</summary>
internal sealed class SmoothStrategy(DualOptions options, string name)
{
    private const double FirstSmoothing = 3;
    private const double WarmSmoothing = 0.03;
    private const double NearWorth = 0.8;
    private const double LevelTolerance = 1e-3;
    private const double Tolerance = 1e-6;
    private const int MostPasses = 400;
    // Relative bias of the smoothed dual at which an allocation is tried; most of it is gone from the prices at the end of the path.
    private static readonly double[] Biases = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4];
    // Below this the violation that has to be shrunk away weighs more than the smoothing.
    private const double AttainableGap = 3e-4;

    /// <returns>The best certified result; null when none was feasible.</returns>
    public AllocationResult? Solve(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var scale = new ProgramScale(program, solve.Seed);
        var refinement = new DualRefinement(program, options.Evaluate(program), scale);
        var start = solve.WarmStart?.ToArray() ?? ByLoad(refinement, program, scale, cancellationToken);
        refinement.Start(start, solve.WarmStart is null ? FirstSmoothing : WarmSmoothing, cancellationToken);
        AllocationResult? best = null;
        var inVain = 0;
        for (var step = 0; step < Biases.Length && inVain < 2 && refinement.Passes < MostPasses; step++)
        {
            solve.Progress?.Report(new SolveProgress("refine", step, Biases.Length));
            // What is left of the decrement is violation that has to be shrunk away: it falls with the bias.
            var tolerance = Tolerance * Biases[step] / Biases[0];
            refinement.Run(new RefinementPlan(0, Biases[step], LevelTolerance, tolerance, MostPasses), cancellationToken);
            var allocation = SmoothPrimal.At(program, refinement.Prices, refinement.Smoothing);
            var result = AllocationResult.Certified(
                program, allocation, refinement.LimitPrices(), solve, new SolveDiagnostics(name, Attempts: step + 1, FullPasses: refinement.Passes));
            inVain = result.Gap() < (best?.Gap() ?? double.PositiveInfinity) ? 0 : inVain + 1;
            best = inVain == 0 ? result : best;
            if (best?.Gap() <= Math.Max(options.TargetGap, AttainableGap))
            {
                break;
            }
        }

        return best?.TryGetAllocation(out _) == true ? best : null;
    }

    // Rows that everybody's best actions overload start near what a unit of them is worth on average, the others at 0.
    private static double[] ByLoad(DualRefinement refinement, AllocationProgram program, ProgramScale scale, CancellationToken cancellationToken)
    {
        var prices = new double[program.Rows.Count];
        refinement.Start(prices, FirstSmoothing, cancellationToken);
        var (typical, uses) = (scale.TypicalPrices(), refinement.Evaluation!.Uses);
        for (var r = 0; r < prices.Length; r++)
        {
            prices[r] = uses[r] > program.Rows[r].Upper ? NearWorth * typical[r] : 0;
        }

        return prices;
    }
}
