using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>Sources to destinations, one row a destination, value in proportion to use within a destination (anchors.md §1.3): as degenerate as they come.</summary>
internal static class MatchingProgram
{
    public static AllocationProgram Draw(int sources, int destinations, int edgesPerSource, int seed)
    {
        var random = new Random(seed);
        double LogNormal(double sigma) => Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var (scale, value, load) = (new double[destinations], new double[destinations], new double[destinations]);
        for (var d = 0; d < destinations; d++)
        {
            (scale[d], value[d]) = (LogNormal(1), 0.02 * LogNormal(0.75));
        }

        var (rowStart, actions, values, uses) = (new int[sources + 1], new List<int>(), new List<float>(), new List<float>());
        for (var s = 0; s < sources; s++)
        {
            var affinity = LogNormal(0.5);
            var (best, most) = (-1, 0.0);
            foreach (var d in Enumerable.Range(0, edgesPerSource).Select(_ => random.Next(destinations)).Distinct().Order())
            {
                var worth = Math.Min(0.5, value[d] * affinity * LogNormal(0.5));
                actions.Add(d);
                values.Add((float)worth);
                uses.Add((float)(scale[d] * worth));
                (best, most) = uses[^1] > most ? (d, uses[^1]) : (best, most);
            }

            load[best] += most;
            rowStart[s + 1] = actions.Count;
        }

        var builder = AllocationProgramBuilder.FromOwnedArrays(rowStart, [.. actions], [.. values]);
        var measure = builder.AddMeasure("use", uses.ToArray());
        for (var d = 0; d < destinations; d++)
        {
            builder.AddRow($"destination {d}", RowKind.CostBudget, measure, null, (0.5 + (0.5 * random.NextDouble())) * (load[d] + 1e-8), [d]);
        }

        return builder.Build();
    }
}
