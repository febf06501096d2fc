using System.Runtime.InteropServices;
using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// The smoothed choices of all units at given prices, in double precision, shrunk into the upper bounds. With thousands of rows a vertex would need a
/// linear program as large as the rows; at the optimum of the smoothed dual these choices are feasible up to its residual and lose at most the smoothing.
/// </summary>
internal static class SmoothPrimal
{
    private const int Chunk = 1 << 13;
    private const double LeastFill = 1e-9;
    // A hair is kept back for the round-off of the sums.
    private const double Keep = 1 - 1e-9;

    public static EdgeProbabilities At(AllocationProgram program, ReadOnlySpan<double> prices, double smoothing)
    {
        var table = new PriceTable(program, prices);
        var weights = new RidgeWeights(program);
        var chunks = (program.UnitCount + Chunk - 1) / Chunk;
        var parts = new (List<int> Edges, List<double> Values)[chunks];
        Parallel.For(0, chunks, chunk =>
        {
            var part = (Edges: new List<int>(), Values: new List<double>());
            var (projection, candidates, scores, channels) = (new UnitProjection(), new List<int>(), new List<float>(), new List<int>());
            var ridges = new List<double>();
            for (var unit = chunk * Chunk; unit < Math.Min(program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                candidates.Clear();
                scores.Clear();
                channels.Clear();
                ridges.Clear();
                for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
                {
                    if (table.Reduced(edge) is var reduced and > 0)
                    {
                        candidates.Add(edge);
                        scores.Add((float)reduced);
                        ridges.Add(smoothing * weights.Of(edge));
                        channels.Add(program.Limits.ChannelOf(program.ActionArray[edge]));
                    }
                }

                if (candidates.Count == 0)
                {
                    continue;
                }

                projection.Solve(
                    CollectionsMarshal.AsSpan(scores), CollectionsMarshal.AsSpan(ridges), CollectionsMarshal.AsSpan(channels), program.Limits, unit);
                for (var i = 0; i < candidates.Count; i++)
                {
                    if (projection.X[i] > 0)
                    {
                        part.Edges.Add(candidates[i]);
                        part.Values.Add(projection.X[i]);
                    }
                }
            }

            parts[chunk] = part;
        });
        int[] edges = [.. parts.SelectMany(part => part.Edges)];
        double[] values = [.. parts.SelectMany(part => part.Values)];
        Shrink(program, edges, values);
        var dense = new EdgeProbabilities(program.EdgeCount, edges, values).ToArray();
        if (program.Limits.Channels == 0)
        {
            Fill(program, dense);
        }

        return EdgeProbabilities.Of(dense);
    }

    // Shrinking leaves room in units and rows: each unit takes what it can of it, its dearest edges first.
    private static void Fill(AllocationProgram program, double[] x)
    {
        var uses = RowUse.Of(program, x);
        double[] room = [.. program.RowArray.Select((row, r) => (row.Upper ?? double.PositiveInfinity) - uses[r])];
        var order = new List<int>();
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            double free = program.Limits.Cap(unit);
            order.Clear();
            for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
            {
                free -= x[edge];
                if (program.ValueArray[edge] > 0 && x[edge] < 1)
                {
                    order.Add(edge);
                }
            }

            if (free < LeastFill)
            {
                continue;
            }

            order.Sort((a, b) => program.ValueArray[b].CompareTo(program.ValueArray[a]));
            foreach (var edge in order)
            {
                var action = program.ActionArray[edge];
                var more = Math.Min(free, 1 - x[edge]);
                foreach (var r in program.Terms.RowsOf(action))
                {
                    var use = program.RowArray[r].Measure.Of(edge, action);
                    more = use > 0 ? Math.Min(more, Keep * room[r] / use) : more;
                }

                if (more >= LeastFill)
                {
                    x[edge] += more;
                    free -= more;
                    foreach (var r in program.Terms.RowsOf(action))
                    {
                        room[r] -= program.RowArray[r].Measure.Of(edge, action) * more;
                    }
                }
            }
        }
    }

    private static void Shrink(AllocationProgram program, int[] edges, double[] values)
    {
        var uses = RowUse.Of(program, new EdgeProbabilities(program.EdgeCount, edges, values));
        var factors = new double[uses.Length];
        for (var r = 0; r < factors.Length; r++)
        {
            factors[r] = program.RowArray[r].Upper is { } upper && uses[r] > upper ? upper / uses[r] : 1;
        }

        for (var i = 0; i < edges.Length; i++)
        {
            var factor = 1.0;
            foreach (var r in program.Terms.RowsOf(program.ActionArray[edges[i]]))
            {
                factor = Math.Min(factor, factors[r]);
            }

            values[i] *= factor;
        }
    }
}
