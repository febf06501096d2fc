using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>Use of a row by an allocation.</summary>
/// <remarks>
/// Summed unit by unit. Rounded addition is monotone in its terms, so a worst case over each unit's outcomes, summed in the same order,
/// is never below the use of any outcome: "exactly feasible" then means exactly, not within a tolerance.
/// </remarks>
internal static class RowUse
{
    public static double Of(AllocationProgram program, CouplingRow row, ReadOnlySpan<double> x)
    {
        var edges = row.Edges;
        var coefficients = row.Coefficients;
        var (total, ofUnit, unit) = (0.0, 0.0, 0);
        for (var i = 0; i < edges.Length; i++)
        {
            if (edges[i] >= program.RowStart[unit + 1])
            {
                total += ofUnit;
                ofUnit = 0;
                unit = UnitOf(program, edges[i], unit);
            }

            ofUnit += coefficients[i] * x[edges[i]];
        }

        return total + ofUnit;
    }

    /// <summary>The unit of an edge that lies in or after <paramref name="from"/>.</summary>
    public static int UnitOf(AllocationProgram program, int edge, int from)
    {
        while (edge >= program.RowStart[from + 1])
        {
            from++;
        }

        return from;
    }
}
