using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Best integral decision of a small program with cap 1, by trying them all; null when none is feasible.</summary>
internal static class IntegerEnumeration
{
    public static double? Optimum(AllocationProgram program)
    {
        double? best = null;
        Walk(0, new double[program.EdgeCount], 0);
        return best;

        void Walk(int unit, double[] x, double value)
        {
            if (unit == program.UnitCount)
            {
                if (Enumerable.Range(0, program.Rows.Count).All(r => Keeps(program, r, x)) && !(best > value))
                {
                    best = value;
                }

                return;
            }

            Walk(unit + 1, x, value);
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                x[edge] = 1;
                Walk(unit + 1, x, value + program.Values[edge]);
                x[edge] = 0;
            }
        }
    }

    private static bool Keeps(AllocationProgram program, int r, double[] x)
    {
        var (row, use) = (program.Rows[r], 0.0);
        for (var edge = 0; edge < x.Length; edge++)
        {
            use += program.Coefficient(r, edge) * x[edge];
        }

        return !(use > row.Upper + 1e-12) && !(use < row.Lower - 1e-12);
    }
}
