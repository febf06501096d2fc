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
        var uses = RowUse.Of(program, x);
        for (var r = 0; r < uses.Length; r++)
        {
            if (program.Rows[r].Upper is { } upper && uses[r] > upper)
            {
                shrink = Math.Min(shrink, upper / uses[r]);
            }
        }

        for (var edge = 0; shrink < 1 && edge < x.Length; edge++)
        {
            x[edge] *= shrink;
        }
    }
}
