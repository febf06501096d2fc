using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>
/// Prices from random samples: those of a linear program over a thousand units, refined on ten thousand. The error of sampled prices falls as one over the
/// root of the sample (lp.md §2.2), so a sweep over everybody is only worth its time from there on.
/// </summary>
/// <param name="options">Options of the solver.</param>
/// <param name="core">Size of its core.</param>
internal sealed class SampleLadder(DualOptions options, int core)
{
    private const int LeastUnits = 1_000;
    private const int UnitsPerRow = 12;
    private const int RefinedUnits = 20_000;

    public double[] Prices(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var rows = program.Rows.Count;
        solve.Progress?.Report(new SolveProgress("sample", 0, 2));
        var first = SampleUnits.Take(program, Math.Max(LeastUnits, UnitsPerRow * rows), SeededHash.Of(solve.Seed, 1));
        var prices = ExactSolver.Vertex(first, null, cancellationToken).Prices;
        prices = prices.Length == rows ? prices : new double[rows];

        var count = Math.Max(RefinedUnits, 4 * core);
        if (count >= program.UnitCount / 2)
        {
            return prices;
        }

        solve.Progress?.Report(new SolveProgress("sample", 1, 2));
        var second = SampleUnits.Take(program, count, SeededHash.Of(solve.Seed, 2));
        var scale = new ProgramScale(second, solve.Seed);
        var refinement = new DualRefinement(second, options.Evaluate(second), scale);
        refinement.Start(prices, scale.SmoothingAt(prices, 0.2), cancellationToken);
        refinement.Run(new RefinementPlan(count / 20, 0, 1e-3, 1e-6, 40), cancellationToken);
        return refinement.Prices;
    }
}
