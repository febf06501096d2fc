using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>One bound of one row: what a conflict is made of.</summary>
internal readonly record struct RowBound(int Row, BoundSide Side, double Value)
{
    /// <summary>Relaxations are measured relative to the size of the bound (at least 1), so that money and counts compare.</summary>
    public double Weight => 1 / Math.Max(1, Math.Abs(Value));

    /// <summary>The bound as a factor of its price, which is given without its sign.</summary>
    public double Signed => Side == BoundSide.Lower ? -Value : Value;

    public static List<RowBound> AllOf(AllocationProgram program)
    {
        var bounds = new List<RowBound>();
        for (var r = 0; r < program.RowArray.Length; r++)
        {
            // Uses are never negative, so a lower bound of 0 asks for nothing.
            if (program.RowArray[r].Lower is { } lower and > 0)
            {
                bounds.Add(new RowBound(r, BoundSide.Lower, lower));
            }

            if (program.RowArray[r].Upper is { } upper)
            {
                bounds.Add(new RowBound(r, BoundSide.Upper, upper));
            }
        }

        return bounds;
    }

    /// <summary>Adds a price of this bound, given without its sign, to a price vector of the rows.</summary>
    public void AddPrice(double[] prices, double price) => prices[Row] += Side == BoundSide.Lower ? -price : price;
}
