using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>
/// What an allocation is worth and keeps to, recomputed from the original program by code that no solver shares.
/// The bound is the Lagrangian at the given prices and holds for any prices, so the gap needs no trust in the solver.
/// </summary>
public sealed class Certificate
{
    private readonly PriceTable _table;

    private readonly AllocationProgram _program;
    private readonly double[] _prices;

    private Certificate(AllocationProgram program, EdgeProbabilities x, double[] prices, PriceTable table, double bound)
    {
        (_program, _prices, _table, DualBound) = (program, prices, table, bound);
        Rows = Array.AsReadOnly(ProgramRows(program, RowUse.Of(program, x), prices));
        MaxRelativeRowViolation = Rows.Select(row => row.RelativeViolation).DefaultIfEmpty(0).Max();
        for (var i = 0; i < x.Edges.Length; i++)
        {
            Objective += program.Values[x.Edges[i]] * x.Values[i];
        }

        (MaxUnitViolation, FractionalUnits) = UnitCheck.Of(program, x);
    }

    /// <summary>A relative violation at or below this counts as solver round-off: 1e-7.</summary>
    public const double FeasibilityTolerance = 1e-7;

    /// <summary>A probability this near to 0 or 1 counts as integral: 1e-7.</summary>
    public const double IntegralityTolerance = 1e-7;

    /// <summary>Σ value · x, in money.</summary>
    public double Objective { get; }

    /// <summary>Upper bound of the objective of every feasible allocation, from the prices, in money.</summary>
    public double DualBound { get; }

    /// <summary>(DualBound − Objective) / max(1, |DualBound|); may be negative by the violation of an infeasible allocation.</summary>
    public double RelativeGap => (DualBound - Objective) / Math.Max(1, Math.Abs(DualBound));

    /// <summary>Each coupling row, in the order of the program.</summary>
    public IReadOnlyList<RowCertificate> Rows { get; }

    /// <summary>Greatest <see cref="RowCertificate.RelativeViolation"/>; exactly 0 when no row is violated.</summary>
    public double MaxRelativeRowViolation { get; }

    /// <summary>Greatest excess over a frequency cap or outside [0, 1]; exactly 0 when there is none.</summary>
    public double MaxUnitViolation { get; }

    /// <summary>Number of units with a probability strictly between 0 and 1.</summary>
    public int FractionalUnits { get; }

    /// <summary>Whether rows, caps and ranges hold within <see cref="FeasibilityTolerance"/>.</summary>
    public bool IsFeasible => MaxRelativeRowViolation <= FeasibilityTolerance && MaxUnitViolation <= FeasibilityTolerance;

    /// <summary>What a unit adds at the row prices: the best reduced value under its caps, in money (with cap 1: the dual price of the unit's
    /// row).</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>A number ≥ 0.</returns>
    public double UnitSurplus(int unit) => _table.Surplus(unit);

    /// <summary>Checks an allocation against a program.</summary>
    /// <param name="program">The original program.</param>
    /// <param name="probabilities">x of each edge; shape [edges].</param>
    /// <param name="dualPrices">
    /// Price of each row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows]. Empty means all 0: the bound is then the
    /// value without rules.
    /// </param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException">A length does not fit the program or a number is not finite.</exception>
    public static Certificate Of(AllocationProgram program, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> dualPrices)
    {
        ArgumentNullException.ThrowIfNull(program);
        CheckVector(probabilities, program.EdgeCount, nameof(probabilities));
        return Of(program, EdgeProbabilities.Of(probabilities), dualPrices);
    }

    /// <summary>Checks an allocation against a program.</summary>
    /// <param name="program">The original program.</param>
    /// <param name="probabilities">x of the edges.</param>
    /// <param name="dualPrices">As in the other form.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException">A length does not fit the program or a number is not finite.</exception>
    public static Certificate Of(AllocationProgram program, EdgeProbabilities probabilities, ReadOnlySpan<double> dualPrices)
    {
        ArgumentNullException.ThrowIfNull(program);
        CheckAllocation(program, probabilities);
        if (dualPrices.IsEmpty)
        {
            dualPrices = new double[program.Rows.Count];
        }

        CheckVector(dualPrices, program.Rows.Count, nameof(dualPrices));
        var table = new PriceTable(program, dualPrices);
        return new Certificate(program, probabilities, dualPrices.ToArray(), table, table.Bound());
    }

    /// <summary>Checks another allocation of the same program at the same prices; the bound, which depends on the prices alone, stays.</summary>
    /// <param name="probabilities">x of the edges.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program, or a number is not finite.</exception>
    public Certificate Of(EdgeProbabilities probabilities)
    {
        CheckAllocation(_program, probabilities);
        return new Certificate(_program, probabilities, _prices, _table, DualBound);
    }

    private static void CheckAllocation(AllocationProgram program, EdgeProbabilities probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.EdgeCount != program.EdgeCount)
        {
            throw new ArgumentException($"Probabilities of {probabilities.EdgeCount} edges for {program.EdgeCount}.", nameof(probabilities));
        }

        CheckVector(probabilities.Values, probabilities.Values.Length, nameof(probabilities));
    }

    /// <summary>Rows as certified for given uses.</summary>
    internal static RowCertificate[] ProgramRows(AllocationProgram program, double[] uses, ReadOnlySpan<double> prices)
    {
        var rows = new RowCertificate[uses.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = program.Rows[r];
            var violation = Math.Max(0, Math.Max((row.Lower - uses[r]) ?? 0, (uses[r] - row.Upper) ?? 0));
            rows[r] = new RowCertificate(
                row.Name, row.Kind, row.Lower, row.Upper, uses[r], PriceTable.Clip(row, prices[r]), uses[r] - row.Lower, row.Upper - uses[r], violation);
        }

        return rows;
    }

    private static void CheckVector(ReadOnlySpan<double> vector, int length, string parameter)
    {
        if (vector.Length != length)
        {
            throw new ArgumentException($"Length {vector.Length} must be {length}.", parameter);
        }

        foreach (var number in vector)
        {
            if (!double.IsFinite(number))
            {
                throw new ArgumentException($"Entry {number} must be finite.", parameter);
            }
        }
    }
}
