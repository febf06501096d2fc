using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Explanations;

/// <summary>The simple policies a plan is compared with.</summary>
internal static class BaselinePolicies
{
    public static EdgeProbabilities SendToAll(AllocationProgram program)
    {
        var x = new double[program.EdgeCount];
        var free = new PriceTable(program, new double[program.Rows.Count]);
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            foreach (var edge in free.BestEdges(unit, evenAtALoss: true))
            {
                x[edge] = 1;
            }
        }

        return EdgeProbabilities.Of(x);
    }

    public static EdgeProbabilities RandomAtEqualRules(AllocationProgram program)
    {
        var x = new double[program.EdgeCount];
        Array.Fill(x, 1.0);
        UnitCaps.Enforce(program, x);
        var uses = RowUse.Of(program, x);
        var rate = 1.0;
        for (var r = 0; r < uses.Length; r++)
        {
            if (program.Rows[r].Upper is { } upper && uses[r] > upper)
            {
                rate = Math.Min(rate, upper / uses[r]);
            }
        }

        foreach (ref var probability in x.AsSpan())
        {
            probability *= rate;
        }

        return EdgeProbabilities.Of(x);
    }
}
