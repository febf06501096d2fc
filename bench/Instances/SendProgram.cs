using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>
/// A week of sends with a heavy tail (noah.md §3.3): value = response probability · lifetime value, one send a unit, a cost budget, a cap on
/// expected unsubscribes, and a least and greatest volume for each campaign. The bounds are shares of what each unit's best action
/// would use without any rule, so that they bind at every size.
/// </summary>
internal static class SendProgram
{
    private const double BudgetShare = 0.45;
    private const double UnsubscribeShare = 0.5;
    private const double LeastVolume = 0.4;
    private const double GreatestVolume = 1.2;

    /// <param name="units">Members.</param>
    /// <param name="actions">Campaigns; every member is eligible for each.</param>
    /// <param name="seed">Seed of the instance.</param>
    public static AllocationProgram Generate(int units, int actions, int seed)
    {
        var random = new Random(seed);
        var appeal = Draw(actions, () => 0.5 * Normal(random));
        var price = Draw(actions, () => 0.05 + 0.45 * random.NextDouble());
        var builder = new AllocationProgramBuilder();
        double[] cost = new double[units * actions], unsubscribe = new double[units * actions];
        double bestCost = 0, bestUnsubscribe = 0;
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit();
            var lifetimeValue = Math.Exp(3 + 1.5 * Normal(random));
            var engagement = 0.7 * Normal(random);
            var fatigue = 0.6 * Normal(random);
            var (best, bestValue) = (0, double.NegativeInfinity);
            for (var action = 0; action < actions; action++)
            {
                var edge = unit * actions + action;
                var response = 1 / (1 + Math.Exp(3.5 - appeal[action] - engagement - 0.6 * Normal(random)));
                builder.AddEdge(action, response * lifetimeValue);
                cost[edge] = price[action];
                unsubscribe[edge] = 0.002 * Math.Exp(fatigue + 0.5 * Normal(random));
                if (response * lifetimeValue > bestValue)
                {
                    (best, bestValue) = (edge, response * lifetimeValue);
                }
            }
            bestCost += cost[best];
            bestUnsubscribe += unsubscribe[best];
        }

        builder.AddRow("budget", RowKind.CostBudget, null, BudgetShare * bestCost, cost);
        builder.AddRow("unsubscribes", RowKind.Guardrail, null, UnsubscribeShare * bestUnsubscribe, unsubscribe);
        for (var action = 0; action < actions; action++)
        {
            var equalShare = (double)units / actions;
            builder.AddVolumeRow($"campaign {action}", action, LeastVolume * equalShare, GreatestVolume * equalShare);
        }
        return builder.Build();
    }

    private static double[] Draw(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
