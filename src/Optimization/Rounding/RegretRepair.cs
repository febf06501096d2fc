using Noah.Optimization.Certificates;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Makes an integral allocation feasible and then uses the room that is left, in both cases by the moves that lose least reduced value for what they
/// achieve. The order is what matters: repairing in any other one loses a hundred times more (lp.md §2).
/// </summary>
internal sealed class RegretRepair
{
    // A fill pass opens room for moves that did not fit before; later passes find next to nothing.
    private const int FillPasses = 4;
    private const int Chunk = 1 << 14;

    private readonly ChoiceSet _choice;
    private readonly RowRoom _room;
    private readonly PriceTable _prices;
    private readonly double[] _change;

    /// <param name="choice">Chosen edges; changed in place.</param>
    /// <param name="room">Bounds that the chosen edges have to keep.</param>
    /// <param name="prices">Prices of the rows, which define regret.</param>
    public RegretRepair(ChoiceSet choice, RowRoom room, ReadOnlySpan<double> prices)
    {
        _choice = choice;
        _room = room;
        _prices = new PriceTable(choice.Program, prices);
        _change = new double[choice.Uses.Length];
    }

    /// <summary>Number of moves made.</summary>
    public int Moves { get; private set; }

    /// <summary>Units whose cheapest move has the least regret: those that can be moved at next to no loss.</summary>
    /// <param name="count">How many.</param>
    /// <param name="locked">Units that must not move; null for none.</param>
    /// <param name="always">Units to take in any case.</param>
    /// <returns>Units, ascending.</returns>
    public int[] Nearest(int count, bool[]? locked, IReadOnlyCollection<int> always)
    {
        var program = _choice.Program;
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

    /// <summary>Moves units of the pool until every row is kept.</summary>
    /// <param name="pool">Units that may move.</param>
    /// <returns>Whether every row is kept.</returns>
    public bool TryMend(ReadOnlySpan<int> pool)
    {
        // Each round mends the row that is broken worst; a mended row stays mended, so there are at most as many rounds as rows.
        for (var round = 0; round <= _choice.Uses.Length; round++)
        {
            if (WorstRow() is not { } row)
            {
                return true;
            }

            var over = _choice.Uses[row] > _room.Upper[row];
            var useful = new List<(Move Move, double RegretPerRelief)>();
            foreach (var move in MovesOf(pool))
            {
                if (ChangeOf(move, row) * (over ? -1 : 1) is var relief and > 0)
                {
                    useful.Add((move, move.Regret / relief));
                }
            }

            useful.Sort((a, b) => a.RegretPerRelief != b.RegretPerRelief ? a.RegretPerRelief.CompareTo(b.RegretPerRelief) : a.Move.Unit.CompareTo(b.Move.Unit));
            var done = false;
            for (var i = 0; i < useful.Count && !done; i++)
            {
                Try(useful[i].Move, row);
                done = _room.Violation(row, _choice.Uses[row]) == 0;
            }

            if (!done)
            {
                return false;
            }
        }

        return WorstRow() is null;
    }

    /// <summary>Makes moves that gain value and fit, those of least regret first.</summary>
    /// <param name="pool">Units that may move.</param>
    public void Fill(ReadOnlySpan<int> pool)
    {
        var before = -1;
        for (var pass = 0; pass < FillPasses && Moves != before; pass++)
        {
            before = Moves;
            var gains = MovesOf(pool).Where(move => move.Gain > 0).ToList();
            gains.Sort((a, b) => a.Regret != b.Regret ? a.Regret.CompareTo(b.Regret) : a.Unit.CompareTo(b.Unit));
            foreach (var move in gains)
            {
                Try(move, null);
            }
        }
    }

    // The least regret of any move of the unit, were caps no matter: from the worst chosen edge (or none) to the best of the others (or none).
    private float Margin(int unit)
    {
        var (worstChosen, bestOther) = (double.PositiveInfinity, 0.0);
        for (var edge = _choice.Program.RowStartArray[unit]; edge < _choice.Program.RowStartArray[unit + 1]; edge++)
        {
            var reduced = _prices.Reduced(edge);
            if (_choice[edge])
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
        for (var edge = _choice.Program.RowStartArray[unit]; edge < _choice.Program.RowStartArray[unit + 1]; edge++)
        {
            closest = Math.Min(closest, Math.Max(0, -_prices.Reduced(edge)));
        }

        return closest;
    }

    private int? WorstRow()
    {
        var (worst, greatest) = ((int?)null, 0.0);
        for (var r = 0; r < _choice.Uses.Length; r++)
        {
            var violation = _room.Violation(r, _choice.Uses[r]);
            var relative = violation / Math.Max(1, Math.Abs(_choice.Uses[r]));
            if (relative > greatest)
            {
                (worst, greatest) = (r, relative);
            }
        }

        return worst;
    }

    // A move is made when it is still possible, breaks no row that is kept, and breaks no row further than it is.
    private void Try(Move move, int? mending)
    {
        if ((move.Leaves >= 0 && !_choice[move.Leaves])
            || (move.Enters >= 0 && (_choice[move.Enters] || !_choice.Fits(move.Unit, move.Enters, move.Leaves)))
            || !Allowed(move, mending))
        {
            return;
        }

        if (move.Leaves >= 0)
        {
            _choice.Remove(move.Leaves);
        }

        if (move.Enters >= 0)
        {
            _choice.Add(move.Enters);
        }

        Moves++;
    }

    private bool Allowed(Move move, int? mending)
    {
        var touched = Touched(move);
        var allowed = true;
        foreach (var r in touched)
        {
            var (before, after) = (_choice.Uses[r], _choice.Uses[r] + _change[r]);
            allowed &= _room.Violation(r, after) <= (r == mending ? Math.Max(_room.Violation(r, before), 0) : Math.Max(0, _room.Violation(r, before)));
        }

        foreach (var r in touched)
        {
            _change[r] = 0;
        }

        return allowed;
    }

    private List<int> Touched(Move move)
    {
        var program = _choice.Program;
        var touched = new List<int>();
        Accumulate(move.Leaves, -1);
        Accumulate(move.Enters, 1);
        return touched;

        void Accumulate(int edge, int sign)
        {
            if (edge < 0)
            {
                return;
            }

            var action = program.ActionArray[edge];
            foreach (var r in program.Terms.RowsOf(action))
            {
                _change[r] += sign * program.RowArray[r].Measure.Of(edge, action);
                touched.Add(r);
            }
        }
    }

    private double ChangeOf(Move move, int row)
    {
        var program = _choice.Program;
        return (move.Enters >= 0 ? program.Coefficient(row, move.Enters) : 0) - (move.Leaves >= 0 ? program.Coefficient(row, move.Leaves) : 0);
    }

    private List<Move> MovesOf(ReadOnlySpan<int> pool)
    {
        var program = _choice.Program;
        var moves = new List<Move>();
        foreach (var unit in pool)
        {
            var (first, end) = (program.RowStartArray[unit], program.RowStartArray[unit + 1]);
            for (var leaves = first; leaves < end; leaves++)
            {
                if (!_choice[leaves])
                {
                    continue;
                }

                var (worth, value) = (_prices.Reduced(leaves), (double)program.ValueArray[leaves]);
                moves.Add(new Move(unit, leaves, -1, worth, -value));
                for (var enters = first; enters < end; enters++)
                {
                    if (!_choice[enters])
                    {
                        moves.Add(new Move(unit, leaves, enters, worth - _prices.Reduced(enters), program.ValueArray[enters] - value));
                    }
                }
            }

            for (var enters = first; enters < end; enters++)
            {
                if (!_choice[enters] && _choice.Fits(unit, enters, -1))
                {
                    moves.Add(new Move(unit, -1, enters, -_prices.Reduced(enters), program.ValueArray[enters]));
                }
            }
        }

        return moves;
    }
}
