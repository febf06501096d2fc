using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;

namespace Noah.Optimization.Duals;

/// <summary>
/// Divides the units at given prices: those far from another choice keep their best one, those nearest to it make up the core, whose choices are left to a
/// linear program with the bounds that the others leave. The nearest of each action are in the core whatever their margin: without them the price of a rare
/// action's row would be anything.
/// </summary>
internal sealed class CoreSelection
{
    private const int Chunk = 1 << 13;
    private const int UnitsPerAction = 16;

    private CoreSelection(int[] coreUnits, float[] coreMargins, int[] fixedEdges, double[] fixedUses)
    {
        CoreUnits = coreUnits;
        CoreMargins = coreMargins;
        FixedEdges = fixedEdges;
        FixedUses = fixedUses;
    }

    /// <summary>Units of the core, ascending.</summary>
    public int[] CoreUnits { get; }

    /// <summary>Reduced value within which each of them, and as many others, is of another choice, in money; +∞ when everybody is in the core.</summary>
    public float[] CoreMargins { get; }

    /// <summary>Chosen edges of all other units, ascending.</summary>
    public int[] FixedEdges { get; }

    /// <summary>What these use of each row.</summary>
    public double[] FixedUses { get; }

    /// <param name="program">The program.</param>
    /// <param name="prices">Prices of the rows.</param>
    /// <param name="coreUnits">Size of the core; ties and rare actions may add to it.</param>
    public static CoreSelection At(AllocationProgram program, ReadOnlySpan<double> prices, int coreUnits)
    {
        var margins = new UnitMargins(program, new PriceTable(program, prices), Math.Min(UnitsPerAction, 1 + (coreUnits / Math.Max(1, program.ActionCount))));
        var threshold = coreUnits >= program.UnitCount ? float.PositiveInfinity : Order.Statistic(margins.Margins, coreUnits);
        var rare = margins.NearestOfActions(threshold);
        var chunks = (program.UnitCount + Chunk - 1) / Chunk;
        var (core, chosen) = (new List<int>[chunks], new List<int>[chunks]);
        Parallel.For(0, chunks, chunk =>
        {
            (core[chunk], chosen[chunk]) = ([], []);
            for (var unit = chunk * Chunk; unit < Math.Min(program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                if (margins.Margins[unit] <= threshold || rare.ContainsKey(unit))
                {
                    core[chunk].Add(unit);
                }
                else
                {
                    margins.AddChoice(unit, chosen[chunk]);
                }
            }
        });
        var (units, edges) = (Joined(core), Joined(chosen));
        var uses = new double[program.RowArray.Length];
        foreach (var edge in edges)
        {
            RowUse.Add(program, uses, edge, 1);
        }

        return new CoreSelection(units, Array.ConvertAll(units, unit => rare.GetValueOrDefault(unit, threshold)), edges, uses);
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
