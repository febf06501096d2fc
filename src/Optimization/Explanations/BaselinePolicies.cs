using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Explanations;

/// <summary>The simple policies a plan is compared with.</summary>
internal static class BaselinePolicies
{
    public static double[] SendToAll(AllocationProgram program)
    {
        var x = new double[program.EdgeCount];
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var (first, count) = (program.RowStart[unit], program.RowStart[unit + 1] - program.RowStart[unit]);
            var values = program.Values.Slice(first, count).ToArray();
            foreach (var k in Enumerable.Range(0, count).OrderByDescending(k => values[k]).ThenBy(k => k).Take(program.FrequencyCaps[unit]))
            {
                x[first + k] = 1;
            }
        }

        return x;
    }

    public static double[] RandomAtEqualRules(AllocationProgram program)
    {
        var x = new double[program.EdgeCount];
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var (first, end) = (program.RowStart[unit], program.RowStart[unit + 1]);
            x.AsSpan(first..end).Fill(Math.Min(1, (double)program.FrequencyCaps[unit] / Math.Max(1, end - first)));
        }

        var rate = 1.0;
        foreach (var row in program.Rows)
        {
            var use = RowUse.Of(program, row, x);
            if (use > row.Upper)
            {
                rate = Math.Min(rate, row.Upper.Value / use);
            }
        }

        foreach (ref var probability in x.AsSpan())
        {
            probability *= rate;
        }

        return x;
    }
}
