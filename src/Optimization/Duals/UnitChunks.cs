using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// Consecutive units cut into chunks whose scores fit the first-level cache, and chunks dealt to lanes. Neither depends on the number of threads, so sums
/// taken by lane do not either: the same seed gives the same bytes on any machine of the same instruction set.
/// </summary>
internal sealed class UnitChunks
{
    private const int EdgesPerChunk = 4_096;
    private const int MostLanes = 64;

    private readonly int[] _starts;

    public UnitChunks(AllocationProgram program)
    {
        var starts = new List<int> { 0 };
        var (rowStart, first) = (program.RowStartArray, 0);
        for (var unit = 1; unit <= program.UnitCount; unit++)
        {
            if (unit == program.UnitCount || rowStart[unit + 1] - rowStart[first] > EdgesPerChunk)
            {
                starts.Add(unit);
                MostEdges = Math.Max(MostEdges, rowStart[unit] - rowStart[first]);
                first = unit;
            }
        }

        _starts = [.. starts];
        Lanes = Math.Min(MostLanes, Count);
    }

    /// <summary>Number of chunks.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of lanes, each a run of consecutive chunks.</summary>
    public int Lanes { get; }

    /// <summary>Edges of the largest chunk.</summary>
    public int MostEdges { get; }

    /// <summary>Units of a chunk.</summary>
    public (int First, int End) Units(int chunk) => (_starts[chunk], _starts[chunk + 1]);

    /// <summary>Chunks of a lane.</summary>
    public (int First, int End) Chunks(int lane) => ((int)((long)Count * lane / Lanes), (int)((long)Count * (lane + 1) / Lanes));
}
