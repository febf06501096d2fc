using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Seeded programs with several actions a unit, channel caps, volume bands of lines and budgets that share edges.</summary>
internal static class ChannelPrograms
{
    public static AllocationProgram Draw(int units, int seed, double tightness = 0.6, double lower = 0.5, bool perUnitCaps = false)
    {
        const int Actions = 9;
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (rowStart, actions, values, cost) = (new List<int> { 0 }, new List<int>(), new List<float>(), new List<float>());
        var (spend, volume) = (new double[Actions], new double[Actions]);
        for (var unit = 0; unit < units; unit++)
        {
            var worth = Math.Exp(1.2 * Normal());
            foreach (var action in Enumerable.Range(0, Actions).Where(_ => random.NextDouble() < 0.7))
            {
                actions.Add(action);
                values.Add((float)((worth * (1 + (0.2 * action)) * Math.Exp(0.6 * Normal())) - 0.3));
                cost.Add((float)(0.5 + random.NextDouble()));
                if (values[^1] > 0)
                {
                    spend[action] += cost[^1];
                    volume[action]++;
                }
            }

            rowStart.Add(actions.Count);
        }

        int[] caps = [.. Enumerable.Range(0, units).Select(unit => perUnitCaps ? unit % 4 : 3)];
        int[] channelCaps = perUnitCaps ? [.. Enumerable.Range(0, units * 3).Select(i => i % 7 == 0 ? 0 : 1 + (i % 2))] : [2, 1, 2];
        var builder = AllocationProgramBuilder.FromOwnedArrays([.. rowStart], [.. actions], [.. values], caps)
            .WithChannels([0, 1, 2, 0, 1, 2, 0, 1, UnitLimits.NoChannel], channelCaps, 3);
        var money = builder.AddMeasure("cost", cost.ToArray());
        builder.AddRow("total", RowKind.CostBudget, money, null, tightness * 0.6 * spend.Sum());
        for (var action = 0; action < Actions; action++)
        {
            builder.AddRow($"budget {action}", RowKind.CostBudget, money, null, tightness * (0.5 + (0.1 * action)) * spend[action], [action]);
            var least = lower * tightness * (action % 3 == 0 ? 0.6 : 0.1) * volume[action];
            builder.AddRow($"volume {action}", RowKind.Volume, AllocationProgramBuilder.CountMeasure, least, units, [action]);
        }

        return builder.Build();
    }
}
