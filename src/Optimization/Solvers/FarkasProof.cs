using System.Diagnostics.CodeAnalysis;
using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>
/// Row prices that prove a program infeasible (Farkas' lemma): with every value set to 0 each feasible allocation is worth 0, and the Lagrangian at any
/// prices is an upper limit of that worth; below 0 there can be none. Who doubts the conflict needs one pass over the program to check it.
/// </summary>
public sealed class FarkasProof
{
    // Sums over millions of units carry a relative error of this order; a limit nearer to 0 proves nothing.
    private const double RoundOff = 1e-10;

    private readonly double[] _prices;

    private FarkasProof(double[] prices, double value) => (_prices, Value) = (prices, value);

    /// <summary>Price of each row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows]. Rows with the price 0 take no part.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary><see cref="Bound"/> at the prices, &lt; 0, in the unit of price times bound.</summary>
    public double Value { get; }

    /// <summary>
    /// <c>Σ bound · price + Σ_u max under the caps of u of (−Σ price · use)</c>: the dual bound of the program with every value set to 0.
    /// </summary>
    /// <param name="program">The program; its values play no part.</param>
    /// <param name="prices">Price of each row, signed as in <see cref="RowCertificate.DualPrice"/>, finite; shape [rows]. Clipped to 0 where the row has
    /// no such bound.</param>
    /// <returns>Below 0 beyond round-off only when no allocation keeps the rows that have a price.</returns>
    /// <exception cref="ArgumentException">A price is not finite or their number is not that of the rows.</exception>
    public static double Bound(AllocationProgram program, ReadOnlySpan<double> prices)
    {
        ArgumentNullException.ThrowIfNull(program);
        Check(program, prices);
        return new PriceTable(program, prices, withValues: false).Bound();
    }

    /// <summary>Takes prices as a proof if they are one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="prices">As in <see cref="Bound"/>.</param>
    /// <param name="proof">The proof.</param>
    /// <returns>Whether the bound lies below 0 by more than the round-off of its sums.</returns>
    /// <exception cref="ArgumentException">A price is not finite or their number is not that of the rows.</exception>
    public static bool TryProve(AllocationProgram program, ReadOnlySpan<double> prices, [NotNullWhen(true)] out FarkasProof? proof)
    {
        var value = Bound(program, prices);
        var (clipped, size) = (new double[prices.Length], 0.0);
        for (var r = 0; r < clipped.Length; r++)
        {
            var row = program.RowArray[r];
            clipped[r] = PriceTable.Clip(row, prices[r]);
            size += Math.Abs(clipped[r]) * ((clipped[r] < 0 ? row.Lower : row.Upper) ?? 0);
        }

        proof = value < -RoundOff * size ? new FarkasProof(clipped, value) : null;
        return proof is not null;
    }

    private static void Check(AllocationProgram program, ReadOnlySpan<double> prices)
    {
        if (prices.Length != program.Rows.Count)
        {
            throw new ArgumentException($"Length {prices.Length} must be the number of rows, {program.Rows.Count}.", nameof(prices));
        }

        foreach (var price in prices)
        {
            if (!double.IsFinite(price))
            {
                throw new ArgumentException($"Price {price} must be finite.", nameof(prices));
            }
        }
    }
}
