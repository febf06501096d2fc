using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>
/// DuaLip's benchmark generator (anchors.md §1.3) with a random stream of our own: log-normal breadth, scale and worth of destinations, log-normal
/// affinity of sources, one capacity row a destination, at most one destination a source.
/// </summary>
internal static class MatchingInstance
{
    private const double GreatestValue = 0.5;

    public static AllocationProgram Draw(MatchingSpec spec)
    {
        var breadth = new double[spec.Destinations];
        var scale = new double[spec.Destinations];
        var worth = new double[spec.Destinations];
        for (var destination = 0; destination < spec.Destinations; destination++)
        {
            var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Campaign, destination);
            (breadth[destination], scale[destination], worth[destination]) = (random.LogNormal(0, 1), random.LogNormal(0, 1), random.LogNormal(-4, 0.75));
        }

        var edgesABreadth = spec.Density * spec.Sources * spec.Destinations / breadth.Sum();
        int[][] sources = [.. breadth.Select((width, destination) => DrawSources(spec, destination, edgesABreadth * width))];
        var rowStart = new int[spec.Sources + 1];
        foreach (var source in sources.SelectMany(some => some))
        {
            rowStart[source + 1]++;
        }

        for (var source = 0; source < spec.Sources; source++)
        {
            rowStart[source + 1] += rowStart[source];
        }

        var (actions, values, uses) = (new int[rowStart[^1]], new float[rowStart[^1]], new float[rowStart[^1]]);
        var next = rowStart.AsSpan(0, spec.Sources).ToArray();
        for (var destination = 0; destination < spec.Destinations; destination++)
        {
            var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Destination, (long)destination + spec.Destinations);
            foreach (var source in sources[destination])
            {
                var edge = next[source]++;
                var affinity = new CounterRandom(spec.Seed, CounterRandom.Stream.Source, source).LogNormal(0, 0.5);
                actions[edge] = destination;
                values[edge] = (float)Math.Min(worth[destination] * affinity * random.LogNormal(0, 0.5), GreatestValue);
                uses[edge] = (float)(scale[destination] * values[edge]);
            }
        }

        var loads = GreedyLoads(spec, rowStart, actions, uses);
        var builder = AllocationProgramBuilder.FromOwnedArrays(rowStart, actions, values);
        var measure = builder.AddMeasure("use", uses);
        for (var destination = 0; destination < spec.Destinations; destination++)
        {
            var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Rule, destination);
            var capacity = random.Uniform(0.5, 1) * (loads[destination] + 1e-8);
            builder.AddRow($"destination {destination}", RowKind.CostBudget, measure, null, capacity, [destination]);
        }

        return builder.Build();
    }

    private static int[] DrawSources(MatchingSpec spec, int destination, double expected)
    {
        var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Destination, destination);
        var count = Math.Min(random.Poisson(expected), spec.Sources);
        var drawn = new HashSet<int>(count);
        while (drawn.Count < count)
        {
            drawn.Add(random.Index(spec.Sources));
        }

        return [.. drawn];
    }

    // Each source goes where it uses most, as in the original.
    private static double[] GreedyLoads(MatchingSpec spec, int[] rowStart, int[] actions, float[] uses)
    {
        var loads = new double[spec.Destinations];
        for (var source = 0; source < spec.Sources; source++)
        {
            var most = rowStart[source];
            for (var edge = most; edge < rowStart[source + 1]; edge++)
            {
                most = uses[edge] > uses[most] ? edge : most;
            }

            if (most < rowStart[source + 1])
            {
                loads[actions[most]] += uses[most];
            }
        }

        return loads;
    }
}
