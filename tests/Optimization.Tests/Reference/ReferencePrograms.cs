using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Programs whose optimum is derived by hand in the comment, and seeded random ones.</summary>
internal static class ReferencePrograms
{
    /// <summary>
    /// Three units, action 0 (value 6, 5, 4; cost 2, 2, 2) and action 1 (value 9, 6, 4; cost 4, 4, 4), budget 7.
    /// Action 0 earns 3, 2.5, 2 a dollar; upgrading unit 0 to action 1 earns 3 for 2 more dollars = 1.5. So: all three take action 0
    /// (cost 6, value 15), the last dollar buys half of unit 0's upgrade (1.5). Optimum 16.5, price of a dollar 1.5.
    /// </summary>
    public static AllocationProgram Knapsack(double budget = 7)
    {
        var builder = new AllocationProgramBuilder();
        foreach (var (low, high) in new[] { (6.0, 9.0), (5.0, 6.0), (4.0, 4.0) })
        {
            builder.AddUnit();
            builder.AddEdge(0, low);
            builder.AddEdge(1, high);
        }

        return builder.AddRow("budget", RowKind.CostBudget, null, budget, [2, 4, 2, 4, 2, 4]).Build();
    }

    /// <summary>
    /// Two units; action 0 is worth 3 and 2, action 1 is worth 1 and −1; volume of action 1 must be at least 1.
    /// Moving unit 0 from action 0 to 1 loses 2, unit 1 loses 3: optimum 1 + 2 = 3, and a further mail of the lower bound costs 3 (price
    /// −3) while one fewer saves 2 (price −2): any price in [−3, −2] is right.
    /// </summary>
    public static AllocationProgram LowerVolume()
    {
        var builder = new AllocationProgramBuilder();
        foreach (var (zero, one) in new[] { (3.0, 1.0), (2.0, -1.0) })
        {
            builder.AddUnit();
            builder.AddEdge(0, zero);
            builder.AddEdge(1, one);
        }

        return builder.AddVolumeRow("volume 1", 1, 1, null).Build();
    }

    /// <summary>One unit with cap 2 and three actions worth 5, 4, 3 and one with cap 0 worth 100; no rows. Optimum 9.</summary>
    public static AllocationProgram Caps()
    {
        var builder = new AllocationProgramBuilder();
        builder.AddUnit(frequencyCap: 2);
        builder.AddEdge(0, 5);
        builder.AddEdge(1, 4);
        builder.AddEdge(2, 3);
        builder.AddUnit(frequencyCap: 0);
        builder.AddEdge(0, 100);
        return builder.Build();
    }

    /// <summary>
    /// Three units with one action that costs 5 each; at least 3 mails, budget 10. The volume needs 15: relaxing the budget by 5 is half
    /// of its bound, relaxing the volume by 1 is a third of its bound, so the least relative relaxation gives the volume up by 1.
    /// </summary>
    public static AllocationProgram Conflict()
    {
        var builder = new AllocationProgramBuilder();
        for (var unit = 0; unit < 3; unit++)
        {
            builder.AddUnit();
            builder.AddEdge(0, 1);
        }

        return builder
            .AddRow("budget", RowKind.CostBudget, null, 10, [5, 5, 5])
            .AddVolumeRow("sends", 0, 3, null)
            .AddRow("unsubscribes", RowKind.Guardrail, null, 100, [1, 1, 1])
            .Build();
    }

    /// <summary>
    /// Heavy-tailed e-mail round as in noah.md §3.3: value p · LTV, a cost budget, an unsubscribe cap, lower and upper volume per
    /// campaign, one send a unit.
    /// </summary>
    public static AllocationProgram Mailing(
        int units, int actions, int seed, double lowerShare = 0.02, double upperShare = 0.09, double room = 1, int cap = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var rowStart = new int[units + 1];
        var action = new int[units * actions];
        var (value, cost, harm) = (new double[action.Length], new double[action.Length], new double[action.Length]);
        for (var unit = 0; unit < units; unit++)
        {
            rowStart[unit + 1] = (unit + 1) * actions;
            var lifetimeValue = Math.Exp(3 + (1.5 * Normal()));
            for (var a = 0; a < actions; a++)
            {
                var edge = (unit * actions) + a;
                action[edge] = a;
                // Campaigns differ in worth, so that the lower volumes of the weak ones bind.
                value[edge] = (0.01 / (1 + (0.4 * a)) * Math.Exp(0.7 * Normal()) * lifetimeValue) - 0.02;
                cost[edge] = 0.05 * (1 + (a % 3)) * (0.5 + random.NextDouble());
                harm[edge] = 0.002 * Math.Exp(0.5 * Normal());
            }
        }

        int[] caps = [.. Enumerable.Repeat(cap, units)];
        var builder = AllocationProgramBuilder.FromArrays(rowStart, action, value, caps)
            .AddRow("budget", RowKind.CostBudget, null, 0.03 * room * units, cost)
            .AddRow("unsubscribes", RowKind.Guardrail, null, 0.0009 * room * units, harm);
        for (var a = 0; a < actions; a++)
        {
            builder.AddVolumeRow($"volume {a}", a, lowerShare * units, upperShare * units);
        }

        return builder.Build();
    }
}
