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
    /// <param name="keep">Whether to keep an edge of a unit; null for all.</param>
    public static ProgramSlice Take(
        AllocationProgram whole, ReadOnlySpan<int> units, (double? Lower, double? Upper)[] bounds, Func<int, int, bool>? keep = null)
    {
        var rowStart = new int[units.Length + 1];
        var kept = new List<int>();
        var keys = new ulong[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            keys[i] = whole.UnitKey(units[i]);
            for (var edge = whole.RowStartArray[units[i]]; edge < whole.RowStartArray[units[i] + 1]; edge++)
            {
                if (keep is null || keep(units[i], edge))
                {
                    kept.Add(edge);
                }
            }

            rowStart[i + 1] = kept.Count;
        }

        int[] edges = [.. kept];
        var actions = Array.ConvertAll(edges, edge => whole.ActionArray[edge]);
        var values = Array.ConvertAll(edges, edge => whole.ValueArray[edge]);
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
