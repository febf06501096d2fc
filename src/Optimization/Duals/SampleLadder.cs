using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>
/// Prices from random samples, each larger than the one before: a linear program over a thousand units (or yesterday's prices), then refinements. The
/// error of sampled prices falls as one over the root of the sample (lp.md §2.2), so a sweep over everybody is only worth its time at the end.
/// </summary>
/// <param name="options">Options of the solver.</param>
/// <param name="core">Size of its core.</param>
internal sealed class SampleLadder(DualOptions options, int core)
{
    private const int LeastUnits = 1_000;
    private const int UnitsPerRow = 12;
    private const int RefinedUnits = 20_000;
    private const int Growth = 8;
    // The first sample has to spare half of everybody; a further one, which takes memory of its own, all but a sixteenth.
    private const int FirstReduction = 2;
    private const int LaterReduction = 16;
    // Prices of the smallest sample, or of yesterday, are a few per cent off, those of the others less than one.
    private const double FirstShare = 0.2;
    private const double LaterShare = 0.03;
    // Measured on mail programs: a sample of n units misplaces about this over root n of all units.
    private const double MisplacedByRoot = 1.2;
    private const int MostPasses = 40;

    /// <returns>Prices, and the share of units that their error may have misplaced.</returns>
    public (double[] Prices, double Misplaced) Run(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var prices = solve.WarmStart?.ToArray() ?? OfAThousand(program, solve, cancellationToken);
        var (share, misplaced, reduction) = (FirstShare, FirstShare, FirstReduction);
        for (var count = Math.Max(RefinedUnits, 4 * core); count < program.UnitCount / reduction; (count, reduction) = (count * Growth, LaterReduction))
        {
            solve.Progress?.Report(new SolveProgress("sample", count, program.UnitCount));
            var sample = SampleUnits.Take(program, count, SeededHash.Of(solve.Seed, (ulong)count));
            var scale = new ProgramScale(sample, solve.Seed);
            var refinement = new DualRefinement(sample, options.Evaluate(sample), scale);
            refinement.Start(prices, scale.SmoothingAt(prices, share), cancellationToken);
            refinement.Run(new RefinementPlan(count / 20, 0, 1e-3, 1e-6, MostPasses), cancellationToken);
            (prices, share, misplaced) = (refinement.Prices, LaterShare, MisplacedByRoot / Math.Sqrt(count));
        }

        return (prices, misplaced);
    }

    private static double[] OfAThousand(AllocationProgram program, SolveOptions solve, CancellationToken cancellationToken)
    {
        var sample = SampleUnits.Take(program, Math.Max(LeastUnits, UnitsPerRow * program.Rows.Count), SeededHash.Of(solve.Seed, 1));
        var prices = ExactSolver.Vertex(sample, null, cancellationToken).Prices;
        return prices.Length == program.Rows.Count ? prices : new double[program.Rows.Count];
    }
}
