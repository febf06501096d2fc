using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Two actions that everybody may have and eight that one unit in three hundred may, each with a budget for half of those who want it.</summary>
internal static class RareAction
{
    public static AllocationProgram Draw(int units, int seed)
    {
        const int Actions = 10;
        var random = new Random(seed);
        var (builder, costs, spend) = (new AllocationProgramBuilder(), new List<double>(), new double[Actions]);
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit();
            for (var action = 0; action < Actions; action++)
            {
                if (action < 2 || random.Next(300) == 0)
                {
                    builder.AddEdge(action, (1 + action) * Math.Exp(2 * random.NextDouble()));
                    costs.Add(0.5 + random.NextDouble());
                    spend[action] += costs[^1];
                }
            }
        }

        var cost = builder.AddMeasure("cost", costs.Select(value => (float)value).ToArray());
        for (var action = 0; action < Actions; action++)
        {
            builder.AddRow($"budget {action}", RowKind.CostBudget, cost, null, 0.5 * spend[action], [action]);
        }

        return builder.Build();
    }
}
