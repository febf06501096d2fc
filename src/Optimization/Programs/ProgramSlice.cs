namespace Noah.Optimization.Programs;

/// <summary>A program restricted to some units, with other bounds, and the way back to the edges of the whole.</summary>
internal sealed class ProgramSlice
{
    private ProgramSlice(AllocationProgram program, int[] edges)
    {
        Program = program;
        Edges = edges;
    }

    public AllocationProgram Program { get; }

    /// <summary>Edge of the whole program for each edge of the slice, ascending.</summary>
    public int[] Edges { get; }

    /// <param name="whole">The program to cut from.</param>
    /// <param name="units">Units to keep, ascending.</param>
    /// <param name="bounds">Bounds of each row in the slice.</param>
    public static ProgramSlice Take(AllocationProgram whole, ReadOnlySpan<int> units, (double? Lower, double? Upper)[] bounds)
    {
        var rowStart = new int[units.Length + 1];
        for (var i = 0; i < units.Length; i++)
        {
            rowStart[i + 1] = rowStart[i] + whole.RowStart[units[i] + 1] - whole.RowStart[units[i]];
        }

        var edges = new int[rowStart[^1]];
        var actions = new int[edges.Length];
        var values = new float[edges.Length];
        var keys = new ulong[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            var first = whole.RowStart[units[i]];
            var count = rowStart[i + 1] - rowStart[i];
            whole.Actions.Slice(first, count).CopyTo(actions.AsSpan(rowStart[i]));
            whole.Values.Slice(first, count).CopyTo(values.AsSpan(rowStart[i]));
            keys[i] = whole.UnitKey(units[i]);
            for (var k = 0; k < count; k++)
            {
                edges[rowStart[i] + k] = first + k;
            }
        }

        var measures = Array.ConvertAll(whole.MeasureArray, measure => measure.OfEdges(edges));
        var rows = new CouplingRow[whole.RowArray.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = whole.RowArray[r];
            rows[r] = row.With(measures[row.MeasureIndex], bounds[r].Lower, bounds[r].Upper);
        }

        var program = new AllocationProgram(
            rowStart, actions, values, whole.Limits.OfUnits(units), keys, whole.ActionCount, measures, rows, whole.Terms);
        return new ProgramSlice(program, edges);
    }
}
