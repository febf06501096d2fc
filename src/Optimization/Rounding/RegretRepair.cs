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
    private const int PairedMoves = 24;
    private const int SecondMoves = 6_000;
    private const int MostPairs = 60;
    private const double DearerAtMost = 1.5;
    // Of a typical use: less is round-off of the sums.
    private const double Negligible = 1e-9;

    private readonly RowBalance _balance;
    private readonly UnitMoves _moves;

    /// <param name="choice">Chosen edges; changed in place.</param>
    /// <param name="room">Bounds that the chosen edges have to keep.</param>
    /// <param name="prices">Prices of the rows, which define regret.</param>
    public RegretRepair(ChoiceSet choice, RowRoom room, ReadOnlySpan<double> prices)
    {
        _balance = new RowBalance(choice, room);
        _moves = new UnitMoves(choice, new PriceTable(choice.Program, prices));
    }

    /// <summary>Number of moves made.</summary>
    public int Moves => _balance.Moves;

    /// <inheritdoc cref="UnitMoves.Nearest"/>
    public int[] Nearest(int count, bool[]? locked, IReadOnlyCollection<int> always) => _moves.Nearest(count, locked, always);

    /// <summary>Moves units of the pool until every row is kept.</summary>
    /// <remarks>A move may break one row to mend another as long as the total violation falls, each row measured in its typical use: rows that bind
    /// together can often be mended in no other way.</remarks>
    /// <param name="pool">Units that may move.</param>
    /// <returns>Whether every row is kept.</returns>
    public bool TryMend(ReadOnlySpan<int> pool)
    {
        if (!_balance.AnyBroken())
        {
            return true;
        }

        var moves = _moves.Of(pool);
        for (var pairs = 0; pairs <= MostPairs; pairs++)
        {
            while (Sweep(moves) is { Count: > 0 } moved)
            {
                Renew(moves, moved);
                if (!_balance.AnyBroken())
                {
                    return true;
                }
            }

            if (CheapestPair(moves) is not { } pair)
            {
                return false;
            }

            _balance.Make(pair.First);
            _balance.Make(pair.Second);
            Renew(moves, [pair.First.Unit, pair.Second.Unit]);
            if (!_balance.AnyBroken())
            {
                return true;
            }
        }

        return false;
    }

    private void Renew(List<Move> moves, HashSet<int> units)
    {
        moves.RemoveAll(move => units.Contains(move.Unit));
        moves.AddRange(_moves.Of([.. units.Order()]));
    }

    // Moves in the order of regret for each unit of violation that they take away, as long as they still take any away.
    private HashSet<int> Sweep(List<Move> moves)
    {
        var useful = new List<(double Price, Move Move)>();
        foreach (var move in moves)
        {
            if (_balance.TouchesBroken(move) && _balance.IsPossible(move) && _balance.Relief(move).Relief is var relief && relief > Negligible)
            {
                useful.Add((Math.Max(move.Regret, 0) / relief, move));
            }
        }

        useful.Sort((a, b) => a.Price != b.Price ? a.Price.CompareTo(b.Price) : a.Move.Unit.CompareTo(b.Move.Unit));
        var moved = new HashSet<int>();
        foreach (var (price, move) in useful)
        {
            // What other moves have mended in the meantime makes a move dearer: it waits for the next sweep.
            if (_balance.IsPossible(move) && _balance.Relief(move).Relief is var relief && relief > Negligible
                && Math.Max(move.Regret, 0) <= DearerAtMost * price * relief)
            {
                _balance.Make(move);
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
            var gains = _moves.Of(pool).Where(move => move.Gain > 0).ToList();
            gains.Sort((a, b) => a.Regret != b.Regret ? a.Regret.CompareTo(b.Regret) : a.Unit.CompareTo(b.Unit));
            foreach (var move in gains)
            {
                if (_balance.IsPossible(move) && _balance.Relief(move).Broken <= 0)
                {
                    _balance.Make(move);
                }
            }
        }
    }

    // The move of least regret for each unit of violation that it takes away beyond the floor.
    private Move? Cheapest(List<Move> moves, double floor, double regretBefore = 0)
    {
        var (cheapest, least) = ((Move?)null, double.PositiveInfinity);
        foreach (var move in moves)
        {
            if (!_balance.TouchesBroken(move) || !_balance.IsPossible(move))
            {
                continue;
            }

            var relief = _balance.Relief(move).Relief - floor;
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
        var firsts = moves.Where(move => _balance.TouchesBroken(move) && _balance.IsPossible(move) && _balance.Relief(move).Gross > 0)
            .OrderBy(move => Math.Max(0, move.Regret)).ThenBy(move => move.Unit).Take(PairedMoves).ToArray();
        List<Move> seconds = [.. moves.OrderBy(move => Math.Max(0, move.Regret)).ThenBy(move => move.Unit).Take(SecondMoves)];
        var (best, least) = (((Move, Move)?)null, double.PositiveInfinity);
        foreach (var first in firsts)
        {
            var loss = -_balance.Relief(first).Relief;
            _balance.Make(first);
            _balance.AnyBroken();
            if (Cheapest(seconds, Math.Max(0, loss), Math.Max(0, first.Regret)) is { } second && Math.Max(0, first.Regret) + Math.Max(0, second.Regret) is var regret && regret < least)
            {
                (best, least) = ((first, second), regret);
            }

            _balance.Undo(first);
        }

        _balance.AnyBroken();
        return best;
    }
}
