using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;

namespace Noah.Optimization.Duals;

/// <summary>
/// Divides the units at given prices: those far from another choice keep their best one, those nearest to it make up the core, whose choices are left to a
/// linear program with the bounds that the others leave.
/// </summary>
internal sealed class CoreSelection
{
    private const int Chunk = 1 << 13;

    private CoreSelection(int[] coreUnits, int[] fixedEdges, double[] fixedUses, double margin)
    {
        CoreUnits = coreUnits;
        FixedEdges = fixedEdges;
        FixedUses = fixedUses;
        Margin = margin;
    }

    /// <summary>Units of the core, ascending.</summary>
    public int[] CoreUnits { get; }

    /// <summary>Chosen edges of all other units, ascending.</summary>
    public int[] FixedEdges { get; }

    /// <summary>What these use of each row.</summary>
    public double[] FixedUses { get; }

    /// <summary>Reduced value within which a unit of the core is of another choice, in money.</summary>
    public double Margin { get; }

    /// <param name="program">The program.</param>
    /// <param name="prices">Prices of the rows.</param>
    /// <param name="coreUnits">Size of the core; ties may add to it.</param>
    public static CoreSelection At(AllocationProgram program, ReadOnlySpan<double> prices, int coreUnits)
    {
        var table = new PriceTable(program, prices);
        var (margins, choices) = (new float[program.UnitCount], program.Limits.AreAllSingle ? new int[program.UnitCount] : []);
        var chunks = (program.UnitCount + Chunk - 1) / Chunk;
        var single = program.Limits.AreAllSingle;
        Parallel.For(0, chunks, chunk =>
        {
            for (var unit = chunk * Chunk; unit < Math.Min(program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                margins[unit] = (float)(single ? SingleMargin(program, table, unit, out choices[unit]) : CappedMargin(program, table, unit));
            }
        });
        var threshold = coreUnits >= program.UnitCount ? float.PositiveInfinity : Order.Statistic(margins, coreUnits);
        var (core, chosen) = (new List<int>[chunks], new List<int>[chunks]);
        Parallel.For(0, chunks, chunk =>
        {
            (core[chunk], chosen[chunk]) = ([], []);
            for (var unit = chunk * Chunk; unit < Math.Min(program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                if (margins[unit] <= threshold)
                {
                    core[chunk].Add(unit);
                }
                else if (!single)
                {
                    var best = table.BestEdges(unit);
                    best.Sort();
                    chosen[chunk].AddRange(best);
                }
                else if (choices[unit] >= 0)
                {
                    chosen[chunk].Add(choices[unit]);
                }
            }
        });
        var edges = Joined(chosen);
        var uses = new double[program.RowArray.Length];
        foreach (var edge in edges)
        {
            RowUse.Add(program, uses, edge, 1);
        }

        return new CoreSelection(Joined(core), edges, uses, threshold);
    }

    private static double SingleMargin(AllocationProgram program, PriceTable table, int unit, out int choice)
    {
        var (best, second) = (double.NegativeInfinity, double.NegativeInfinity);
        choice = -1;
        for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
        {
            var reduced = table.Reduced(edge);
            if (reduced > best)
            {
                (best, second, choice) = (reduced, best, reduced > 0 ? edge : -1);
            }
            else
            {
                second = Math.Max(second, reduced);
            }
        }

        return best <= 0 ? Math.Min(Math.Abs(best), float.MaxValue) : best - Math.Max(0, second);
    }

    // The least change of one score that changes the greedy choice: from the worst taken to the best left out, or to nothing.
    private static double CappedMargin(AllocationProgram program, PriceTable table, int unit)
    {
        var taken = table.BestEdges(unit);
        var worst = taken.Count == 0 ? double.PositiveInfinity : taken.Min(table.Reduced);
        var margin = worst;
        for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
        {
            if (!taken.Contains(edge))
            {
                var reduced = table.Reduced(edge);
                margin = Math.Min(margin, reduced <= 0 ? Math.Abs(reduced) : Math.Abs(worst - reduced));
            }
        }

        return Math.Min(margin, float.MaxValue);
    }

    private static int[] Joined(List<int>[] parts)
    {
        var joined = new int[parts.Sum(part => part.Count)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Count;
        }

        return joined;
    }
}
