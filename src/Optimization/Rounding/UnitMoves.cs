using Noah.Optimization.Certificates;

namespace Noah.Optimization.Rounding;

/// <summary>What units can do instead of what they do, with the reduced value that it costs.</summary>
/// <param name="choice">Chosen edges.</param>
/// <param name="prices">Prices of the rows, which define regret.</param>
internal sealed class UnitMoves(ChoiceSet choice, PriceTable prices)
{
    private const int Chunk = 1 << 14;

    /// <summary>Units whose cheapest move has the least regret: those that can be moved at next to no loss.</summary>
    /// <param name="count">How many.</param>
    /// <param name="locked">Units that must not move; null for none.</param>
    /// <param name="always">Units to take in any case.</param>
    /// <returns>Units, ascending.</returns>
    public int[] Nearest(int count, bool[]? locked, IReadOnlyCollection<int> always)
    {
        var program = choice.Program;
        var margins = new float[program.UnitCount];
        Parallel.For(0, (margins.Length + Chunk - 1) / Chunk, chunk =>
        {
            for (var unit = chunk * Chunk; unit < Math.Min(margins.Length, (chunk + 1) * Chunk); unit++)
            {
                margins[unit] = locked?[unit] == true ? float.PositiveInfinity : Margin(unit);
            }
        });
        var threshold = Math.Min(float.MaxValue, Order.Statistic(margins, Math.Min(count, margins.Length) - 1));
        var pool = new SortedSet<int>(always);
        for (var unit = 0; unit < margins.Length; unit++)
        {
            if (margins[unit] <= threshold)
            {
                pool.Add(unit);
            }
        }

        return [.. pool];
    }

    /// <summary>All moves of some units: give an edge up, take one, swap.</summary>
    public List<Move> Of(ReadOnlySpan<int> pool)
    {
        var program = choice.Program;
        var moves = new List<Move>();
        foreach (var unit in pool)
        {
            var (first, end) = (program.RowStartArray[unit], program.RowStartArray[unit + 1]);
            for (var leaves = first; leaves < end; leaves++)
            {
                if (!choice[leaves])
                {
                    continue;
                }

                var (worth, value) = (prices.Reduced(leaves), (double)program.ValueArray[leaves]);
                moves.Add(new Move(unit, leaves, -1, worth, -value));
                for (var enters = first; enters < end; enters++)
                {
                    if (!choice[enters])
                    {
                        moves.Add(new Move(unit, leaves, enters, worth - prices.Reduced(enters), program.ValueArray[enters] - value));
                    }
                }
            }

            for (var enters = first; enters < end; enters++)
            {
                if (!choice[enters] && choice.Fits(unit, enters, -1))
                {
                    moves.Add(new Move(unit, -1, enters, -prices.Reduced(enters), program.ValueArray[enters]));
                }
            }
        }

        return moves;
    }

    // The least regret of any move of the unit, were caps no matter: from the worst chosen edge (or none) to the best of the others (or none).
    private float Margin(int unit)
    {
        var (worstChosen, bestOther) = (double.PositiveInfinity, 0.0);
        for (var edge = choice.Program.RowStartArray[unit]; edge < choice.Program.RowStartArray[unit + 1]; edge++)
        {
            var reduced = prices.Reduced(edge);
            if (choice[edge])
            {
                worstChosen = Math.Min(worstChosen, reduced);
            }
            else
            {
                bestOther = Math.Max(bestOther, reduced);
            }
        }

        if (double.IsInfinity(worstChosen))
        {
            return (float)Closest(unit);
        }

        return (float)Math.Max(0, worstChosen - bestOther);
    }

    // Of a unit without an action: how far its best edge is below being worth its price.
    private double Closest(int unit)
    {
        var closest = double.PositiveInfinity;
        for (var edge = choice.Program.RowStartArray[unit]; edge < choice.Program.RowStartArray[unit + 1]; edge++)
        {
            closest = Math.Min(closest, Math.Max(0, -prices.Reduced(edge)));
        }

        return closest;
    }
}
