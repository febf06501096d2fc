using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>How near each unit is to another choice at given prices.</summary>
internal sealed class UnitMargins
{
    private const int Chunk = 1 << 13;

    private readonly AllocationProgram _program;
    private readonly PriceTable _table;
    private readonly int[] _choices;
    private readonly NearestByAction _nearest;

    /// <param name="program">The program.</param>
    /// <param name="table">Its prices.</param>
    /// <param name="unitsPerAction">How many of the nearest units of each action to remember.</param>
    public UnitMargins(AllocationProgram program, PriceTable table, int unitsPerAction)
    {
        (_program, _table) = (program, table);
        Margins = new float[program.UnitCount];
        _choices = new int[program.Limits.AreAllSingle ? program.UnitCount : 0];
        var byChunk = new NearestByAction[(program.UnitCount + Chunk - 1) / Chunk];
        Parallel.For(0, byChunk.Length, chunk =>
        {
            var nearest = byChunk[chunk] = new NearestByAction(program.ActionCount, unitsPerAction);
            for (var unit = chunk * Chunk; unit < Math.Min(program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                var (margin, enters, leaves) = _choices.Length > 0 ? Single(unit) : Capped(unit);
                Margins[unit] = (float)Math.Min(margin, float.MaxValue);
                foreach (var edge in (ReadOnlySpan<int>)[enters, leaves])
                {
                    if (edge >= 0)
                    {
                        nearest.Offer(program.ActionArray[edge], unit, Margins[unit]);
                    }
                }
            }
        });
        _nearest = new NearestByAction(program.ActionCount, unitsPerAction);
        foreach (var nearest in byChunk)
        {
            _nearest.Merge(nearest);
        }
    }

    /// <summary>Least change of a reduced value after which another choice is as good; in money, greatest float where there is no other; shape [units].</summary>
    public float[] Margins { get; }

    /// <summary>Of each action the units nearest to taking it up or giving it up, with their margins, where these are above a threshold.</summary>
    public Dictionary<int, float> NearestOfActions(float threshold)
    {
        var units = new Dictionary<int, float>();
        foreach (var (margin, unit) in _nearest.All())
        {
            if (margin > threshold)
            {
                units[unit] = margin;
            }
        }

        return units;
    }

    /// <summary>Adds the edges that a unit chooses, ascending.</summary>
    public void AddChoice(int unit, List<int> edges)
    {
        if (_choices.Length == 0)
        {
            var best = _table.BestEdges(unit);
            best.Sort();
            edges.AddRange(best);
        }
        else if (_choices[unit] >= 0)
        {
            edges.Add(_choices[unit]);
        }
    }

    // The best edge against the second or nothing.
    private (double Margin, int Enters, int Leaves) Single(int unit)
    {
        var (best, second, first, runnerUp) = (double.NegativeInfinity, double.NegativeInfinity, -1, -1);
        for (var edge = _program.RowStartArray[unit]; edge < _program.RowStartArray[unit + 1]; edge++)
        {
            var reduced = _table.Reduced(edge);
            if (reduced > best)
            {
                (best, second, first, runnerUp) = (reduced, best, edge, first);
            }
            else if (reduced > second)
            {
                (second, runnerUp) = (reduced, edge);
            }
        }

        _choices[unit] = best > 0 ? first : -1;
        return best <= 0 ? (-best, first, -1) : second > 0 ? (best - second, runnerUp, first) : (best, -1, first);
    }

    private (double Margin, int Enters, int Leaves) Capped(int unit)
    {
        var first = _program.RowStartArray[unit];
        return _table.Greedy(unit).NearestChange() is { } change
            ? (change.Distance, change.Enters < 0 ? -1 : first + change.Enters, change.Leaves < 0 ? -1 : first + change.Leaves)
            : (double.MaxValue, -1, -1);
    }
}
