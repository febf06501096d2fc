using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Explanations;

/// <summary>The simple policies a plan is compared with, summed up unit by unit: at population scale their probabilities would take more memory than the
/// program.</summary>
internal static class BaselinePolicies
{
    public static PolicyValue SendToAll(AllocationProgram program)
    {
        var tally = new PolicyTally(program);
        var free = new PriceTable(program, new double[program.Rows.Count]);
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            foreach (var edge in free.BestEdges(unit, evenAtALoss: true))
            {
                tally.Add(edge, 1);
            }
        }

        return tally.Value(1);
    }

    public static PolicyValue RandomAtEqualRules(AllocationProgram program)
    {
        var tally = new PolicyTally(program);
        var x = Array.Empty<double>();
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var (first, count) = (program.RowStart[unit], program.RowStart[unit + 1] - program.RowStart[unit]);
            x = x.Length < count ? new double[count] : x;
            x.AsSpan(0, count).Fill(1);
            UnitCaps.Enforce(program, unit, x.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                tally.Add(first + i, x[i]);
            }
        }

        return tally.Value(tally.RateWithinUpperBounds());
    }
}
