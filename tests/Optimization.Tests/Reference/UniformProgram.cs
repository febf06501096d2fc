using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>n units with one action worth (i + ½) / n that costs 1: the optimum for a budget of b is b − b² / 2n and the price of a dollar 1 − b / n.</summary>
internal static class UniformProgram
{
    public static AllocationProgram Of(int units, double budget)
    {
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(0, (unit + 0.5) / units);
        }

        return builder.AddRow("budget", RowKind.CostBudget, 0, null, budget).Build();
    }
}
