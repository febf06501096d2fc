using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Makes an integral allocation feasible and then uses the room that is left, in both cases by the moves that lose least reduced value for what they
/// achieve. The order is what matters: repairing in any other one loses a hundred times more (lp.md §2).
/// </summary>
internal sealed class RegretRepair
{
    // A fill pass opens room for moves that did not fit before; later passes find next to nothing.
    private const int FillPasses = 4;
    private const int PairedMoves = 24;
    private const int SecondMoves = 6_000;
    private const int MostPairs = 60;
    private const double DearerAtMost = 1.5;
    // Of a typical use: less is round-off of the sums.
    private const double Negligible = 1e-9;
    private const int Chunk = 1 << 14;

    private readonly ChoiceSet _choice;
    private readonly RowRoom _room;
    private readonly PriceTable _prices;
    private readonly double[] _change;
    private readonly double[] _weights;
    private readonly bool[] _broken;
    private readonly List<int> _touched = [];

    /// <param name="choice">Chosen edges; changed in place.</param>
    /// <param name="room">Bounds that the chosen edges have to keep.</param>
    /// <param name="prices">Prices of the rows, which define regret.</param>
    public RegretRepair(ChoiceSet choice, RowRoom room, ReadOnlySpan<double> prices)
    {
        _choice = choice;
        _room = room;
        _prices = new PriceTable(choice.Program, prices);
        _change = new double[choice.Uses.Length];
        _broken = new bool[_change.Length];
        _weights = new double[_change.Length];
        for (var r = 0; r < _weights.Length; r++)
        {
            _weights[r] = 1 / TypicalUse(choice.Program, r);
        }
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
    /// <remarks>A move may break one row to mend another as long as the total violation falls, each row measured in its typical use: rows that bind
    /// together can often be mended in no other way.</remarks>
    /// <param name="pool">Units that may move.</param>
    /// <returns>Whether every row is kept.</returns>
    public bool TryMend(ReadOnlySpan<int> pool)
    {
        if (!AnyBroken())
        {
            return true;
        }

        var moves = MovesOf(pool);
        for (var pairs = 0; pairs <= MostPairs; pairs++)
        {
            while (Sweep(moves) is { Count: > 0 } moved)
            {
                Renew(moves, moved);
                if (!AnyBroken())
                {
                    return true;
                }
            }

            if (CheapestPair(moves) is not { } pair)
            {
                return false;
            }

            Make(pair.First);
            Make(pair.Second);
            Renew(moves, [pair.First.Unit, pair.Second.Unit]);
            if (!AnyBroken())
            {
                return true;
            }
        }

        return false;
    }

    private void Renew(List<Move> moves, HashSet<int> units)
    {
        moves.RemoveAll(move => units.Contains(move.Unit));
        moves.AddRange(MovesOf([.. units.Order()]));
    }

    // Moves in the order of regret for each unit of violation that they take away, as long as they still take any away.
    private HashSet<int> Sweep(List<Move> moves)
    {
        var useful = new List<(double Price, Move Move)>();
        foreach (var move in moves)
        {
            if (TouchesBroken(move) && IsPossible(move) && Relief(move).Relief is var relief && relief > Negligible)
            {
                useful.Add((Math.Max(move.Regret, 0) / relief, move));
            }
        }

        useful.Sort((a, b) => a.Price != b.Price ? a.Price.CompareTo(b.Price) : a.Move.Unit.CompareTo(b.Move.Unit));
        var moved = new HashSet<int>();
        foreach (var (price, move) in useful)
        {
            // What other moves have mended in the meantime makes a move dearer: it waits for the next sweep.
            if (IsPossible(move) && Relief(move).Relief is var relief && relief > Negligible
                && Math.Max(move.Regret, 0) <= DearerAtMost * price * relief)
            {
                Make(move);
                moved.Add(move.Unit);
            }
        }

        return moved;
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
                if (IsPossible(move) && Relief(move).Broken <= 0)
                {
                    Make(move);
                }
            }
        }
    }

    private bool AnyBroken()
    {
        var any = false;
        for (var r = 0; r < _broken.Length; r++)
        {
            _broken[r] = _room.Violation(r, _choice.Uses[r]) > 0;
            any |= _broken[r];
        }

        return any;
    }

    // The move of least regret for each unit of violation that it takes away beyond the floor.
    private Move? Cheapest(List<Move> moves, double floor, double regretBefore = 0)
    {
        var (cheapest, least) = ((Move?)null, double.PositiveInfinity);
        foreach (var move in moves)
        {
            if (!TouchesBroken(move) || !IsPossible(move))
            {
                continue;
            }

            var relief = Relief(move).Relief - floor;
            // Regret is not negative at the optimal prices; what prices are off by must not make a useless move look free.
            var price = (regretBefore + Math.Max(move.Regret, 0)) / relief;
            if (relief > Negligible && price < least)
            {
                (cheapest, least) = (move, price);
            }
        }

        return cheapest;
    }

    // Where a budget and a minimum volume bind on the same campaign no single move mends either: a dear recipient has to go and a cheaper one to come.
    private (Move First, Move Second)? CheapestPair(List<Move> moves)
    {
        var firsts = moves.Where(move => TouchesBroken(move) && IsPossible(move) && Relief(move).Gross > 0)
            .OrderBy(move => Math.Max(0, move.Regret)).ThenBy(move => move.Unit).Take(PairedMoves).ToArray();
        List<Move> seconds = [.. moves.OrderBy(move => Math.Max(0, move.Regret)).ThenBy(move => move.Unit).Take(SecondMoves)];
        var (best, least) = (((Move, Move)?)null, double.PositiveInfinity);
        foreach (var first in firsts)
        {
            var loss = -Relief(first).Relief;
            Make(first);
            AnyBroken();
            if (Cheapest(seconds, Math.Max(0, loss), Math.Max(0, first.Regret)) is { } second && Math.Max(0, first.Regret) + Math.Max(0, second.Regret) is var regret && regret < least)
            {
                (best, least) = ((first, second), regret);
            }

            Undo(first);
        }

        AnyBroken();
        return best;
    }

    private bool TouchesBroken(Move move) => Touches(move.Leaves) || Touches(move.Enters);

    private bool Touches(int edge)
    {
        foreach (var r in edge < 0 ? [] : _choice.Program.Terms.RowsOf(_choice.Program.ActionArray[edge]))
        {
            if (_broken[r])
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPossible(Move move) =>
        (move.Leaves < 0 || _choice[move.Leaves])
        && (move.Enters < 0 || (!_choice[move.Enters] && _choice.Fits(move.Unit, move.Enters, move.Leaves)));

    private void Undo(Move move)
    {
        Make(new Move(move.Unit, move.Enters, move.Leaves, -move.Regret, -move.Gain));
        Moves -= 2;
    }

    private void Make(Move move)
    {
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

    // By how much the total violation falls; by how much that of the rows that the move helps falls; by how much that of those it harms rises.
    private (double Relief, double Gross, double Broken) Relief(Move move)
    {
        _touched.Clear();
        Accumulate(move.Leaves, -1);
        Accumulate(move.Enters, 1);
        var (relief, gross, broken) = (0.0, 0.0, 0.0);
        foreach (var r in _touched)
        {
            if (_change[r] != 0)
            {
                var use = _choice.Uses[r];
                var fall = (_room.Violation(r, use) - _room.Violation(r, use + _change[r])) * _weights[r];
                relief += fall;
                gross += Math.Max(0, fall);
                broken += Math.Max(0, -fall);
                _change[r] = 0;
            }
        }

        return (relief, gross, broken);
    }

    private void Accumulate(int edge, int sign)
    {
        if (edge < 0)
        {
            return;
        }

        var program = _choice.Program;
        var action = program.ActionArray[edge];
        foreach (var r in program.Terms.RowsOf(action))
        {
            _change[r] += sign * program.RowArray[r].Measure.Of(edge, action);
            _touched.Add(r);
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

    // Mean use of the row's edges among the first few thousand of the program.
    private static double TypicalUse(AllocationProgram program, int row)
    {
        var (sum, count) = (0.0, 0);
        for (var edge = 0; edge < Math.Min(program.EdgeCount, 4_096); edge++)
        {
            var use = program.Coefficient(row, edge);
            (sum, count) = use > 0 ? (sum + use, count + 1) : (sum, count);
        }

        return count == 0 ? 1 : sum / count;
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
