using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>Use of every row by an allocation, summed in the order of the edges.</summary>
internal static class RowUse
{
    /// <summary>Σ coefficient · x of each row; shape [rows].</summary>
    public static double[] Of(AllocationProgram program, EdgeProbabilities x)
    {
        var uses = new double[program.RowArray.Length];
        for (var i = 0; i < x.Edges.Length; i++)
        {
            Add(program, uses, x.Edges[i], x.Values[i]);
        }

        return uses;
    }

    public static double[] Of(AllocationProgram program, ReadOnlySpan<double> x)
    {
        var uses = new double[program.RowArray.Length];
        for (var edge = 0; edge < x.Length; edge++)
        {
            if (x[edge] != 0)
            {
                Add(program, uses, edge, x[edge]);
            }
        }

        return uses;
    }

    /// <summary>Adds what one edge uses, times a factor.</summary>
    public static void Add(AllocationProgram program, Span<double> uses, int edge, double factor)
    {
        var action = program.ActionArray[edge];
        foreach (var r in program.Terms.RowsOf(action))
        {
            uses[r] += program.RowArray[r].Measure.Of(edge, action) * factor;
        }
    }
}
