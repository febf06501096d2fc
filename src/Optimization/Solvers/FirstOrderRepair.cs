using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>Brings the point of a first-order method, which is only nearly feasible, inside the caps and the upper bounds.</summary>
internal static class FirstOrderRepair
{
    public static void Apply(AllocationProgram program, double[] x)
    {
        UnitCaps.Enforce(program, x);

        // Coefficients are non-negative, so shrinking everything by the worst ratio meets all upper bounds; it costs the size of the
        // violation, and may miss a lower bound by as little, which the certificate then reports.
        var shrink = 1.0;
        foreach (var row in program.Rows)
        {
            var use = RowUse.Of(program, row, x);
            if (use > row.Upper)
            {
                shrink = Math.Min(shrink, row.Upper.Value / use);
            }
        }

        for (var edge = 0; shrink < 1 && edge < x.Length; edge++)
        {
            x[edge] *= shrink;
        }
    }
}
