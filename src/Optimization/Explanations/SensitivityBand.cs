using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>The range of one bound over which its price keeps its word.</summary>
/// <param name="Row">Name of the row.</param>
/// <param name="Side">The bound that has the price.</param>
/// <param name="Bound">Its value.</param>
/// <param name="Price">Its dual price there, signed as in the certificate.</param>
/// <param name="LowerBoundOfRange">Least bound seen at which the price is within the tolerance, as it is, by concavity, in between; the true end
/// lies beyond.</param>
/// <param name="UpperBoundOfRange">Greatest such bound.</param>
/// <param name="PriceAtLower">Price at <paramref name="LowerBoundOfRange"/>.</param>
/// <param name="PriceAtUpper">Price at <paramref name="UpperBoundOfRange"/>.</param>
/// <param name="ReachesLower">Whether the price is still within the tolerance as far down as was looked (or the program allows).</param>
/// <param name="ReachesUpper">The same upwards.</param>
/// <param name="Solves">How often the program was solved.</param>
public sealed record SensitivityBand(
    string Row,
    BoundSide Side,
    double Bound,
    double Price,
    double LowerBoundOfRange,
    double UpperBoundOfRange,
    double PriceAtLower,
    double PriceAtUpper,
    bool ReachesLower,
    bool ReachesUpper,
    int Solves)
{
    /// <summary>Finds the band of one row by solving again with its bound moved, each time from the nearest known prices.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="solver">Solves the moved programs.</param>
    /// <param name="options">Tolerance and effort; null for the defaults.</param>
    /// <param name="solveOptions">Options of each solve; null for the defaults.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The band; null when the row has no price.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program or the row is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SensitivityBand? Of(
        AllocationProgram program,
        Allocation allocation,
        int row,
        IAllocationSolver solver,
        SensitivityOptions? options = null,
        SolveOptions? solveOptions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, program.Rows.Count);
        ExplanationBorder.CheckAllocation(program, allocation);
        options ??= new SensitivityOptions();
        options.Validate();
        if (allocation.DualPrices[row] == 0)
        {
            return null;
        }

        var search = new BandSearch(program, row, allocation, solver, options, solveOptions ?? new SolveOptions());
        var down = search.Find(-1, cancellationToken);
        var up = search.Find(1, cancellationToken);
        return new SensitivityBand(
            program.Rows[row].Name, search.Side, search.Bound, allocation.DualPrices[row],
            down.Bound, up.Bound, down.Price, up.Price, down.Reached, up.Reached, search.Solves);
    }
}
