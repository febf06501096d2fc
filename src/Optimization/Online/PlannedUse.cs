using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Online;

/// <summary>What a plan uses of one row over its horizon.</summary>
/// <param name="Use">Σ a·x, ≥ 0, in the unit of the row.</param>
/// <param name="SumOfSquares">Σ a²·x: with the next, what the variance needs.</param>
/// <param name="SumOfSquaredMeans">Σ a²·x².</param>
public sealed record PlannedUse(double Use, double SumOfSquares, double SumOfSquaredMeans)
{
    /// <summary>Expected use when a share of the plan was due.</summary>
    /// <param name="share">Share of the horizon's use that is due by now, in [0, 1].</param>
    /// <returns>In the unit of the row.</returns>
    public double Expected(double share) => share * Use;

    /// <summary>
    /// Variance of the use when each planned use has come by now with probability <paramref name="share"/>, independently: Bernoulli draws with
    /// probability share · x. Too large for a schedule that is fixed in advance, where only the draws of fractional units scatter.
    /// </summary>
    /// <param name="share">In [0, 1].</param>
    /// <returns>≥ 0, in the squared unit of the row.</returns>
    public double Variance(double share) => Math.Max(0, (share * SumOfSquares) - (share * share * SumOfSquaredMeans));

    /// <summary>Sums up a plan.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <returns>One entry for each row, in the order of the program.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program.</exception>
    public static IReadOnlyList<PlannedUse> Of(AllocationProgram program, Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(allocation);
        if (allocation.Probabilities.EdgeCount != program.EdgeCount || allocation.DualPrices.Length != program.Rows.Count)
        {
            throw new ArgumentException("The allocation belongs to another program.", nameof(allocation));
        }

        var (squares, squaredMeans) = (new double[program.RowArray.Length], new double[program.RowArray.Length]);
        for (var i = 0; i < allocation.Probabilities.Edges.Length; i++)
        {
            var (edge, x) = (allocation.Probabilities.Edges[i], allocation.Probabilities.Values[i]);
            var action = program.ActionArray[edge];
            foreach (var r in program.Terms.RowsOf(action))
            {
                var use = program.RowArray[r].Measure.Of(edge, action);
                squares[r] += use * use * x;
                squaredMeans[r] += use * use * x * x;
            }
        }

        return [.. allocation.Certificate.Rows.Select((row, r) => new PlannedUse(row.Use, squares[r], squaredMeans[r]))];
    }
}
