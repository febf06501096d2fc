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
        var values = new double[edges.Length];
        var caps = new int[units.Length];
        var keys = new ulong[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            var first = whole.RowStart[units[i]];
            var count = rowStart[i + 1] - rowStart[i];
            whole.Actions.Slice(first, count).CopyTo(actions.AsSpan(rowStart[i]));
            whole.Values.Slice(first, count).CopyTo(values.AsSpan(rowStart[i]));
            caps[i] = whole.FrequencyCaps[units[i]];
            keys[i] = whole.UnitKeys[units[i]];
            for (var k = 0; k < count; k++)
            {
                edges[rowStart[i] + k] = first + k;
            }
        }

        var rows = new CouplingRow[whole.Rows.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = Cut(whole.Rows[row], edges, bounds[row]);
        }

        return new ProgramSlice(new AllocationProgram(rowStart, actions, values, caps, keys, rows), edges);
    }

    // A binary search per edge: a slice holds few of the row's entries when the program was cut into many blocks.
    private static CouplingRow Cut(CouplingRow row, int[] edges, (double? Lower, double? Upper) bounds)
    {
        var keptEdges = new List<int>();
        var keptCoefficients = new List<double>();
        for (var i = 0; i < edges.Length; i++)
        {
            var at = row.Edges.BinarySearch(edges[i]);
            if (at >= 0)
            {
                keptEdges.Add(i);
                keptCoefficients.Add(row.Coefficients[at]);
            }
        }

        return new CouplingRow(row.Name, row.Kind, bounds.Lower, bounds.Upper, [.. keptEdges], [.. keptCoefficients]);
    }
}
