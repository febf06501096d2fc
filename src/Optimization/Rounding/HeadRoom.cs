using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Makes probabilities safe to round: fixes as few random units as needed so that the worst combination of outcomes keeps every upper
/// bound. What is left random is independent between units, so each unit's probabilities are exact.
/// </summary>
internal sealed class HeadRoom
{
    private readonly AllocationProgram _program;
    private readonly double[] _x;
    private readonly bool[] _locked;
    private readonly Dictionary<int, FractionalUnit> _random = [];

    private HeadRoom(AllocationProgram program, double[] x, bool[] locked)
    {
        _program = program;
        _x = x;
        _locked = locked;
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            if (x.AsSpan(UnitOutcomes.EdgesOf(program, unit)).ContainsAnyExcept(0.0, 1.0))
            {
                _random.Add(unit, new FractionalUnit(program, unit, x));
            }
        }
    }

    public int FixedUnits { get; private set; }

    public double ValueGivenUp { get; private set; }

    /// <param name="program">The program.</param>
    /// <param name="x">Feasible probabilities; changed in place.</param>
    /// <param name="locked">Units whose (integral) decision must stay; shape [units].</param>
    public static HeadRoom Reserve(AllocationProgram program, double[] x, bool[] locked)
    {
        var room = new HeadRoom(program, x, locked);
        while (room.MostExceeded() is { } row)
        {
            room.Relieve(row);
        }

        return room;
    }

    private (int Row, double Excess)? MostExceeded()
    {
        (int Row, double Excess)? worst = null;
        for (var r = 0; r < _program.Rows.Count; r++)
        {
            var excess = WorstUse(r) - _program.Rows[r].Upper;
            if (excess > 0 && (worst is null || excess > worst.Value.Excess))
            {
                worst = (r, excess.Value);
            }
        }

        return worst;
    }

    // Summed as RowUse sums, unit by unit, with the greatest outcome in place of the random unit's own.
    private double WorstUse(int r)
    {
        var row = _program.Rows[r];
        var (total, ofUnit, unit) = (0.0, 0.0, 0);
        for (var i = 0; i < row.Edges.Length; i++)
        {
            if (row.Edges[i] >= _program.RowStart[unit + 1])
            {
                total += ofUnit;
                ofUnit = 0;
                unit = RowUse.UnitOf(_program, row.Edges[i], unit);
            }

            ofUnit = _random.TryGetValue(unit, out var random) ? random.MaxUse[r] : ofUnit + (row.Coefficients[i] * _x[row.Edges[i]]);
        }

        return total + ofUnit;
    }

    // Fixing costs little: the cheapest single unit that is enough or, when none is, the one that frees most.
    private void Relieve((int Row, double Excess) need)
    {
        var remaining = need.Excess;
        while (remaining > 0)
        {
            var candidates = _random.Values
                .Select(unit => (Unit: unit, Relief: unit.MaxUse[need.Row] - unit.TargetUse[need.Row]))
                .Where(c => c.Relief > 0)
                .ToList();
            if (candidates.Count == 0)
            {
                DropIntegral(need.Row);
                return;
            }

            var enough = candidates.Where(c => c.Relief >= remaining).ToList();
            var pick = enough.Count > 0 ? enough.MinBy(c => (c.Unit.Loss, c.Unit.Unit)) : candidates.MaxBy(c => (c.Relief, -c.Unit.Unit));
            Fix(pick.Unit);
            remaining -= pick.Relief;
        }
    }

    private void Fix(FractionalUnit unit)
    {
        var x = _x.AsSpan(unit.Range);
        for (var edge = 0; edge < x.Length; edge++)
        {
            x[edge] = unit.Target is { } target && target[edge] ? 1 : 0;
        }

        _random.Remove(unit.Unit);
        FixedUnits++;
        ValueGivenUp += unit.Loss;
    }

    // Only round-off of the solver leads here: x itself exceeds the bound by less than the certificate's tolerance.
    private void DropIntegral(int r)
    {
        var row = _program.Rows[r];
        (int Unit, double Value)? cheapest = null;
        var unit = 0;
        foreach (var edge in row.Edges)
        {
            unit = RowUse.UnitOf(_program, edge, unit);
            if (_x[edge] > 0 && !_locked[unit] && !_random.ContainsKey(unit))
            {
                var value = 0.0;
                for (var e = _program.RowStart[unit]; e < _program.RowStart[unit + 1]; e++)
                {
                    value += _program.Values[e] * _x[e];
                }

                if (cheapest is null || value < cheapest.Value.Value)
                {
                    cheapest = (unit, value);
                }
            }
        }

        if (cheapest is not { } drop)
        {
            throw new ArgumentException($"Row '{row.Name}': the probabilities exceed its upper bound and nothing is left to give up.", nameof(r));
        }

        _x.AsSpan(UnitOutcomes.EdgesOf(_program, drop.Unit)).Clear();
        FixedUnits++;
        ValueGivenUp += drop.Value;
    }
}
