using Noah.Optimization.Programs;

namespace Noah.Bench.Peers;

/// <summary>A program as the rows and columns of a linear program: the coupling rows first, then the caps of units that can exceed one.</summary>
/// <remarks>Written apart from the engine's own export, so that a peer shares nothing with what it is compared to.</remarks>
internal sealed class PeerRows
{
    private readonly AllocationProgram _program;
    private readonly int[][] _rowsOfAction;
    private readonly List<double> _lower = [];
    private readonly List<double> _upper = [];
    private readonly int[] _firstUnitRow;

    public PeerRows(AllocationProgram program)
    {
        _program = program;
        var rowsOfAction = Enumerable.Range(0, program.ActionCount).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < program.Rows.Count; row++)
        {
            var coupling = program.Rows[row];
            _lower.Add(coupling.Lower ?? double.NegativeInfinity);
            _upper.Add(coupling.Upper ?? double.PositiveInfinity);
            int[] actions = coupling.CoversAll ? [.. Enumerable.Range(0, program.ActionCount)] : coupling.Actions.ToArray();
            foreach (var action in actions.Where(action => action < program.ActionCount))
            {
                rowsOfAction[action].Add(row);
            }
        }

        _rowsOfAction = [.. rowsOfAction.Select(rows => rows.ToArray())];
        _firstUnitRow = new int[program.UnitCount + 1];
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            _firstUnitRow[unit] = _upper.Count;
            AddCaps(unit);
        }

        _firstUnitRow[^1] = _upper.Count;
    }

    public int Count => _upper.Count;

    public int Columns => _program.EdgeCount;

    public double Lower(int row) => _lower[row];

    public double Upper(int row) => _upper[row];

    /// <summary>The entries of one column.</summary>
    /// <param name="unit">Unit of the edge.</param>
    /// <param name="edge">Edge, the column.</param>
    /// <param name="entries">Receives row and coefficient.</param>
    public void Column(int unit, int edge, List<(int Row, double Coefficient)> entries)
    {
        entries.Clear();
        var action = _program.Actions[edge];
        foreach (var row in _rowsOfAction[action])
        {
            if (_program.Rows[row].Measure.Of(edge, action) is var coefficient and > 0)
            {
                entries.Add((row, coefficient));
            }
        }

        if (_firstUnitRow[unit + 1] == _firstUnitRow[unit])
        {
            return;
        }

        entries.Add((_firstUnitRow[unit], 1));
        if (_program.Limits.ChannelOf(action) is var channel and not UnitLimits.NoChannel)
        {
            entries.Add((_firstUnitRow[unit] + 1 + channel, 1));
        }
    }

    /// <summary>Value and violations of a point, by this class's own sums.</summary>
    public (double Objective, double RowViolation, double UnitViolation) Check(Func<int, double> x)
    {
        var use = new double[Count];
        var (objective, unitViolation) = (0.0, 0.0);
        var entries = new List<(int Row, double Coefficient)>();
        for (var unit = 0; unit < _program.UnitCount; unit++)
        {
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                var chosen = x(edge);
                objective += chosen * _program.Values[edge];
                unitViolation = Math.Max(unitViolation, Math.Max(-chosen, chosen - 1));
                Column(unit, edge, entries);
                foreach (var (row, coefficient) in entries)
                {
                    use[row] += coefficient * chosen;
                }
            }
        }

        var rowViolation = 0.0;
        for (var row = 0; row < Count; row++)
        {
            var outside = Math.Max(0, Math.Max(_lower[row] - use[row], use[row] - _upper[row]));
            var bound = use[row] < _lower[row] ? _lower[row] : _upper[row];
            if (row < _program.Rows.Count)
            {
                rowViolation = Math.Max(rowViolation, outside == 0 ? 0 : outside / (bound == 0 ? 1 : bound));
            }
            else
            {
                unitViolation = Math.Max(unitViolation, outside);
            }
        }

        return (objective, rowViolation, unitViolation);
    }

    // A unit with fewer edges than its cap cannot exceed it: [0, 1] is enough.
    private void AddCaps(int unit)
    {
        var (limits, edges) = (_program.Limits, _program.RowStart[unit + 1] - _program.RowStart[unit]);
        if (limits.Channels == 0 && edges <= limits.Cap(unit))
        {
            return;
        }

        AddCap(limits.Cap(unit));
        for (var channel = 0; channel < limits.Channels; channel++)
        {
            AddCap(limits.ChannelCap(unit, channel));
        }
    }

    private void AddCap(int cap)
    {
        _lower.Add(double.NegativeInfinity);
        _upper.Add(cap);
    }
}
