using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;

namespace Noah.Optimization.Exploration;

/// <summary>Mixture of the optimiser's probabilities and the uniform draw of an explorer.</summary>
internal static class Propensities
{
    public static (double[] Edges, double[] NoAction, double[] Decisions) Of(AllocationProgram program, double[] x, bool[] chosen, double share)
    {
        var edges = new double[program.EdgeCount];
        var noAction = new double[program.UnitCount];
        var decisions = new double[program.UnitCount];
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var range = UnitOutcomes.EdgesOf(program, unit);
            var ofUnit = x.AsSpan(range);
            var eligible = EligibleEdges(program, unit);
            var uniform = share / (eligible.Count + 1);
            for (var edge = range.Start.Value; edge < range.End.Value; edge++)
            {
                edges[edge] = (1 - share) * x[edge];
            }

            foreach (var edge in eligible)
            {
                edges[edge] += uniform;
            }

            noAction[unit] = ((1 - share) * UnitOutcomes.ProbabilityOf(ofUnit, new bool[ofUnit.Length])) + uniform;
            var decision = chosen.AsSpan(range);
            // An explorer takes at most one action, so only the optimiser reaches larger sets.
            decisions[unit] = ((1 - share) * UnitOutcomes.ProbabilityOf(ofUnit, decision)) + (decision.Count(true) <= 1 ? uniform : 0);
        }

        return (edges, noAction, decisions);
    }

    /// <summary>Edges an explorer may draw besides "no action": all whose caps let one action in.</summary>
    public static List<int> EligibleEdges(AllocationProgram program, int unit)
    {
        var limits = program.Limits;
        var edges = new List<int>();
        for (var edge = program.RowStart[unit]; limits.Cap(unit) > 0 && edge < program.RowStart[unit + 1]; edge++)
        {
            var channel = limits.Channels == 0 ? UnitLimits.NoChannel : limits.ChannelOf(program.Actions[edge]);
            if (channel == UnitLimits.NoChannel || limits.ChannelCap(unit, channel) > 0)
            {
                edges.Add(edge);
            }
        }

        return edges;
    }
}
