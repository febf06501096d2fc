using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Bounds of each row for the decided part of an allocation: those of the program less what the undecided units use at most (or at least), so that
/// whatever they draw fits.
/// </summary>
internal sealed class RowRoom
{
    // Relative round-off of a sum of a million costs. Without it 3,000 mails at 0.10 would not fit a budget of 300.
    private const double RoundOff = 1e-12;

    public RowRoom(AllocationProgram program)
    {
        Lower = new double[program.RowArray.Length];
        Upper = new double[Lower.Length];
        for (var r = 0; r < Lower.Length; r++)
        {
            var (lower, upper) = (program.RowArray[r].Lower, program.RowArray[r].Upper);
            Lower[r] = lower is { } least ? least - (RoundOff * least) : double.NegativeInfinity;
            Upper[r] = upper is { } most ? most + (RoundOff * most) : double.PositiveInfinity;
        }
    }

    /// <summary>Least use; −∞ for none; shape [rows].</summary>
    public double[] Lower { get; }

    /// <summary>Greatest use; ∞ for none; shape [rows].</summary>
    public double[] Upper { get; }

    public void Reserve(RandomUnit unit, int sign)
    {
        for (var i = 0; i < unit.Rows.Length; i++)
        {
            Lower[unit.Rows[i]] -= sign * unit.Least[i];
            Upper[unit.Rows[i]] -= sign * unit.Greatest[i];
        }
    }

    /// <summary>By how much a use lies outside, ≥ 0.</summary>
    public double Violation(int row, double use) => Math.Max(0, Math.Max(Lower[row] - use, use - Upper[row]));
}
