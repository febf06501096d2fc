using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>Which rows the chosen edges break, what a move would change about that, and the moves themselves.</summary>
internal sealed class RowBalance
{
    private const int SampledEdges = 4_096;

    private readonly ChoiceSet _choice;
    private readonly RowRoom _room;
    private readonly double[] _change;
    private readonly double[] _weights;
    private readonly bool[] _broken;
    private readonly List<int> _touched = [];

    public RowBalance(ChoiceSet choice, RowRoom room)
    {
        (_choice, _room) = (choice, room);
        _change = new double[choice.Uses.Length];
        _broken = new bool[_change.Length];
        _weights = Array.ConvertAll(TypicalUses(choice.Program), use => 1 / use);
    }

    /// <summary>Number of moves made.</summary>
    public int Moves { get; private set; }

    /// <summary>Looks at every row anew.</summary>
    public bool AnyBroken()
    {
        var any = false;
        for (var r = 0; r < _broken.Length; r++)
        {
            _broken[r] = _room.Violation(r, _choice.Uses[r]) > 0;
            any |= _broken[r];
        }

        return any;
    }

    /// <summary>Whether the move changes the use of a row that was broken when last looked at.</summary>
    public bool TouchesBroken(Move move) => Touches(move.Leaves) || Touches(move.Enters);

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

    /// <summary>Whether the edges and caps still allow the move.</summary>
    public bool IsPossible(Move move) =>
        (move.Leaves < 0 || _choice[move.Leaves])
        && (move.Enters < 0 || (!_choice[move.Enters] && _choice.Fits(move.Unit, move.Enters, move.Leaves)));

    public void Undo(Move move)
    {
        Make(new Move(move.Unit, move.Enters, move.Leaves, -move.Regret, -move.Gain));
        Moves -= 2;
    }

    public void Make(Move move)
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

    /// <summary>By how much the total violation falls, each row measured in its typical use; by how much that of the rows that the move helps falls; by how
    /// much that of those it harms rises.</summary>
    public (double Relief, double Gross, double Broken) Relief(Move move)
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

    // Mean use of each row's edges among the first few thousand of the program; 1 where none is there.
    private static double[] TypicalUses(AllocationProgram program)
    {
        var (sums, counts) = (new double[program.RowArray.Length], new int[program.RowArray.Length]);
        for (var edge = 0; edge < Math.Min(program.EdgeCount, SampledEdges); edge++)
        {
            var action = program.ActionArray[edge];
            foreach (var r in program.Terms.RowsOf(action))
            {
                var use = program.RowArray[r].Measure.Of(edge, action);
                (sums[r], counts[r]) = use > 0 ? (sums[r] + use, counts[r] + 1) : (sums[r], counts[r]);
            }
        }

        return [.. sums.Select((sum, r) => counts[r] == 0 ? 1 : sum / counts[r])];
    }
}
