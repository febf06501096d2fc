using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;

namespace Noah.Optimization.Duals;

/// <summary>A random sample of the units of a program, as a program whose bounds are scaled by the sampled share.</summary>
internal static class SampleUnits
{
    /// <summary>Distinct units, ascending, each set equally likely.</summary>
    public static int[] Draw(AllocationProgram program, int count, ulong seed)
    {
        if (count >= program.UnitCount)
        {
            return [.. Enumerable.Range(0, program.UnitCount)];
        }

        // Floyd's algorithm: as many draws as units, whatever the population.
        var drawn = new HashSet<int>(count);
        for (var last = program.UnitCount - count; last < program.UnitCount; last++)
        {
            var unit = (int)(SeededHash.Uniform(seed, (ulong)last) * (last + 1));
            if (!drawn.Add(unit))
            {
                drawn.Add(last);
            }
        }

        int[] units = [.. drawn];
        Array.Sort(units);
        return units;
    }

    public static AllocationProgram Take(AllocationProgram program, int count, ulong seed)
    {
        var units = Draw(program, count, seed);
        var share = (double)units.Length / program.UnitCount;
        return ProgramSlice.Take(program, units, [.. program.Rows.Select(row => (row.Lower * share, row.Upper * share))]).Program;
    }
}
