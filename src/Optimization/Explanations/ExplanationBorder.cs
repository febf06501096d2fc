using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>Border checks that the explanations share.</summary>
internal static class ExplanationBorder
{
    public static void CheckAllocation(AllocationProgram program, Allocation allocation)
    {
        if (allocation.Probabilities.EdgeCount != program.EdgeCount || allocation.DualPrices.Length != program.Rows.Count)
        {
            throw new ArgumentException(
                $"Edges and rows of the allocation, {allocation.Probabilities.EdgeCount} and {allocation.DualPrices.Length}, are not the program's.",
                nameof(allocation));
        }
    }

    public static double CheckBound(AllocationProgram program, int row, BoundSide side)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, program.Rows.Count);
        return BoundOf(program.Rows[row], side) ?? throw new ArgumentException($"Row '{program.Rows[row].Name}' has no bound on the side {side}.", nameof(side));
    }

    public static double? BoundOf(CouplingRow row, BoundSide side) => side == BoundSide.Lower ? row.Lower : row.Upper;

    /// <summary>The program with one bound moved; null when the row's other bound stands in the way.</summary>
    public static AllocationProgram? Moved(AllocationProgram program, int row, BoundSide side, double bound)
    {
        var (lower, upper) = side == BoundSide.Lower ? (bound, program.Rows[row].Upper) : (program.Rows[row].Lower, (double?)bound);
        return lower > upper ? null : program.WithBounds(row, lower, upper);
    }

    public static double Actions(Allocation allocation)
    {
        var actions = 0.0;
        foreach (var probability in allocation.Probabilities.Values)
        {
            actions += probability;
        }

        return actions;
    }
}
