using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>
/// What an allocation is worth and keeps to, recomputed from the original program by code that no solver shares.
/// The bound is the Lagrangian at the given prices and holds for any prices, so the gap needs no trust in the solver.
/// </summary>
public sealed class Certificate
{
    private readonly double[] _unitSurpluses;

    private Certificate(AllocationProgram program, ReadOnlySpan<double> x, ReadOnlySpan<double> prices)
    {
        var reduced = Pricing.ReducedValues(program, prices);
        _unitSurpluses = Pricing.UnitSurpluses(program, reduced);
        DualBound = Pricing.BoundValue(program, prices) + _unitSurpluses.Sum();
        Rows = Array.AsReadOnly(ProgramRows(program, x, prices));
        MaxRelativeRowViolation = Rows.Select(row => row.RelativeViolation).DefaultIfEmpty(0).Max();

        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var sum = 0.0;
            var fractional = false;
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                Objective += program.Values[edge] * x[edge];
                sum += x[edge];
                fractional |= x[edge] > IntegralityTolerance && x[edge] < 1 - IntegralityTolerance;
                MaxUnitViolation = Math.Max(MaxUnitViolation, Math.Max(-x[edge], x[edge] - 1));
            }

            MaxUnitViolation = Math.Max(MaxUnitViolation, sum - program.FrequencyCaps[unit]);
            FractionalUnits += fractional ? 1 : 0;
        }
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

    /// <summary>
    /// What each unit adds at the row prices: the best reduced value under its cap, ≥ 0, in money (with cap 1: the dual price of the
    /// unit's row); shape [units].
    /// </summary>
    public ReadOnlySpan<double> UnitSurpluses => _unitSurpluses;

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
        if (dualPrices.IsEmpty)
        {
            dualPrices = new double[program.Rows.Count];
        }

        CheckVector(dualPrices, program.Rows.Count, nameof(dualPrices));
        return new Certificate(program, probabilities, dualPrices);
    }

    private static RowCertificate[] ProgramRows(AllocationProgram program, ReadOnlySpan<double> x, ReadOnlySpan<double> prices)
    {
        var rows = new RowCertificate[program.Rows.Count];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = program.Rows[r];
            var use = RowUse.Of(program, row, x);
            var violation = Math.Max(0, Math.Max((row.Lower - use) ?? 0, (use - row.Upper) ?? 0));
            rows[r] = new RowCertificate(
                row.Name, row.Kind, row.Lower, row.Upper, use, Pricing.Clip(row, prices[r]), use - row.Lower, row.Upper - use, violation);
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
