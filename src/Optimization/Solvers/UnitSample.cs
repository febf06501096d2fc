using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;

namespace Noah.Optimization.Solvers;

/// <summary>Units that stand for all: each counts as many times as it would have to for the sums over the sample to be unbiased.</summary>
/// <param name="Units">Unit indices, ascending.</param>
/// <param name="Weights">How many units each stands for, ≥ 1.</param>
/// <param name="IsWhole">Whether every unit stands for itself.</param>
internal sealed record UnitSample(int[] Units, double[] Weights, bool IsWhole)
{
    public static UnitSample Whole(AllocationProgram program)
    {
        var ones = new double[program.UnitCount];
        Array.Fill(ones, 1.0);
        return new UnitSample([.. Enumerable.Range(0, program.UnitCount)], ones, true);
    }

    /// <summary>
    /// Draws units with a probability that grows with the rarity of the actions they can take, so that a row over few units is not lost; weights are the
    /// reciprocal probabilities (Horvitz and Thompson 1952).
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="matters">Whether each action matters to the question; units without such an action are left out.</param>
    /// <param name="expected">Expected number of units at most.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static UnitSample Draw(AllocationProgram program, bool[] matters, int expected, ulong seed)
    {
        var eligible = new int[program.ActionCount];
        foreach (var action in program.ActionArray)
        {
            eligible[action]++;
        }

        var perAction = (double)expected / Math.Max(1, matters.Count(action => action));
        var (units, weights) = (new List<int>(expected), new List<double>(expected));
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var rarity = 0.0;
            for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
            {
                rarity += matters[program.ActionArray[edge]] ? 1.0 / eligible[program.ActionArray[edge]] : 0;
            }

            var probability = Math.Min(1, perAction * rarity);
            if (SeededHash.Uniform(seed, program.UnitKey(unit)) < probability)
            {
                units.Add(unit);
                weights.Add(1 / probability);
            }
        }

        return new UnitSample([.. units], [.. weights], false);
    }
}
