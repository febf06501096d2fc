using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>Brings the point of a first-order method, which is only nearly feasible, inside the caps and the upper bounds.</summary>
internal static class FirstOrderRepair
{
    public static void Apply(AllocationProgram program, double[] x)
    {
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var ofUnit = x.AsSpan(program.RowStart[unit]..program.RowStart[unit + 1]);
            var sum = 0.0;
            foreach (ref var probability in ofUnit)
            {
                probability = Math.Clamp(probability, 0, 1);
                sum += probability;
            }

            Scale(ofUnit, sum > program.FrequencyCaps[unit] ? program.FrequencyCaps[unit] / sum : 1);
        }

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

        Scale(x, shrink);
    }

    private static void Scale(Span<double> x, double factor)
    {
        if (factor == 1)
        {
            return;
        }

        foreach (ref var probability in x)
        {
            probability *= factor;
        }
    }
}
