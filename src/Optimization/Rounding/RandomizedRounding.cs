using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Draws a decision for each unit from allocation probabilities, independent between units, with exact probabilities and without breaking a row
/// that the probabilities keep.
/// </summary>
/// <remarks>
/// An optimal vertex has at most as many fractional units as binding rows, so room is reserved rather than draws made dependent: where the worst
/// combination of draws would break a row, the units that touch it are decided beforehand, what that breaks is mended by the moves of least regret, and
/// the room left over is filled. Dependent rounding would keep one row exactly, but not several with different coefficients.
/// </remarks>
public static class RandomizedRounding
{
    // A probability this near to 0 or 1 is a solver's round-off, not a wish to randomise.
    private const double RoundOff = 1e-9;

    /// <summary>Rounds with a draw per unit from a seeded hash of its key.</summary>
    /// <param name="program">The program.</param>
    /// <param name="probabilities">Feasible x of the edges.</param>
    /// <param name="dualPrices">Price of each row, which decides what a move costs; shape [rows]; empty means 0 for all.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">The probabilities do not fit the program or are not feasible for it.</exception>
    public static RoundedDecision Round(AllocationProgram program, EdgeProbabilities probabilities, ReadOnlySpan<double> dualPrices, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Round(program, probabilities, dualPrices, unit => SeededHash.Uniform(seed, program.UnitKey(unit)), null);
    }

    /// <summary>Rounds a certified allocation with a draw per unit from a seeded hash of its key.</summary>
    /// <param name="program">The program.</param>
    /// <param name="allocation">An allocation of it.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The decision.</returns>
    public static RoundedDecision Round(AllocationProgram program, Allocation allocation, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(allocation);
        return Round(
            program, allocation.Probabilities, allocation.DualPrices.ToArray(), allocation.Certificate.Objective,
            unit => SeededHash.Uniform(seed, program.UnitKey(unit)), null, allocation.NearUnits);
    }

    /// <summary>Rounds with a draw per unit from the caller.</summary>
    /// <param name="program">The program.</param>
    /// <param name="probabilities">Feasible x of the edges.</param>
    /// <param name="dualPrices">As in the other form.</param>
    /// <param name="uniforms">A uniform number in [0, 1) per unit; shape [units].</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">A length or number is wrong, or the probabilities are not feasible for the program.</exception>
    public static RoundedDecision Round(
        AllocationProgram program, EdgeProbabilities probabilities, ReadOnlySpan<double> dualPrices, ReadOnlySpan<double> uniforms)
    {
        ArgumentNullException.ThrowIfNull(program);
        UniformDraws.Check(uniforms, program.UnitCount, nameof(uniforms));
        var draws = uniforms.ToArray();
        return Round(program, probabilities, dualPrices, unit => draws[unit], null);
    }

    /// <param name="program">The program.</param>
    /// <param name="probabilities">Feasible x.</param>
    /// <param name="prices">Price of each row; empty means 0.</param>
    /// <param name="draw">Uniform number of a unit.</param>
    /// <param name="locked">Units whose (integral) decision must stay; null for none; shape [units].</param>
    internal static RoundedDecision Round(
        AllocationProgram program, EdgeProbabilities probabilities, ReadOnlySpan<double> prices, Func<int, double> draw, bool[]? locked)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var dual = prices.IsEmpty ? new double[program.Rows.Count] : prices.ToArray();
        var given = Certificate.Of(program, probabilities, dual);
        if (!given.IsFeasible)
        {
            throw new ArgumentException("The probabilities break a row, a cap or [0, 1].", nameof(probabilities));
        }

        return Round(program, probabilities, dual, given.Objective, draw, locked, null);
    }

    private static RoundedDecision Round(
        AllocationProgram program, EdgeProbabilities probabilities, double[] dual, double expected, Func<int, double> draw, bool[]? locked, int[]? nearUnits)
    {
        var choice = new ChoiceSet(program);
        var undecided = Split(program, probabilities, choice);
        var (decided, room) = Reserve(program, choice, undecided);
        var repair = new RegretRepair(choice, room, dual);
        var mended = MendAndFill(program, repair, locked, decided, nearUnits);
        return new RoundedDecision(choice, [.. undecided.Values], draw, decided.Count, repair.Moves, expected, mended);
    }

    private static SortedDictionary<int, RandomUnit> Split(AllocationProgram program, EdgeProbabilities x, ChoiceSet choice)
    {
        var random = new SortedDictionary<int, RandomUnit>();
        var unit = 0;
        for (var i = 0; i < x.Edges.Length;)
        {
            while (x.Edges[i] >= program.RowStartArray[unit + 1])
            {
                unit++;
            }

            var end = i;
            var integral = true;
            for (; end < x.Edges.Length && x.Edges[end] < program.RowStartArray[unit + 1]; end++)
            {
                integral &= x.Values[end] is <= RoundOff or >= 1 - RoundOff;
            }

            if (!integral)
            {
                random.Add(unit, new RandomUnit(program, unit, x.Edges[i..end], x.Values[i..end]));
            }

            for (; integral && i < end; i++)
            {
                if (x.Values[i] > 0.5)
                {
                    choice.Add(x.Edges[i]);
                }
            }

            i = end;
        }

        return random;
    }

    // Decides units, those with the least probability to lose first, until no combination of the other draws can break a row.
    private static (List<int> Decided, RowRoom Room) Reserve(AllocationProgram program, ChoiceSet choice, SortedDictionary<int, RandomUnit> undecided)
    {
        var room = new RowRoom(program);
        foreach (var unit in undecided.Values)
        {
            room.Reserve(unit, 1);
        }

        // One sweep is enough: deciding a unit only narrows what the rows it touches can come to.
        var decided = new List<int>();
        foreach (var unit in undecided.Values.OrderByDescending(unit => unit.LikeliestProbability).ToArray())
        {
            if (!unit.Rows.Any(row => room.Violation(row, choice.Uses[row]) > 0))
            {
                continue;
            }

            room.Reserve(unit, -1);
            undecided.Remove(unit.Unit);
            decided.Add(unit.Unit);
            foreach (var edge in unit.LikeliestEdges())
            {
                choice.Add(edge);
            }
        }

        return (decided, room);
    }

    private static bool MendAndFill(AllocationProgram program, RegretRepair repair, bool[]? locked, List<int> decided, int[]? nearUnits)
    {
        if (decided.Count == 0)
        {
            return repair.TryMend([]);
        }

        if (nearUnits is not null && repair.TryMend(nearUnits))
        {
            repair.Fill(nearUnits);
            return true;
        }

        // Few units near their margin are enough as a rule; where they are not, the pool grows up to everybody.
        for (var size = Math.Max(2_000, 50 * decided.Count); ; size *= 8)
        {
            var pool = repair.Nearest(size, locked, decided);
            if (repair.TryMend(pool))
            {
                repair.Fill(pool);
                return true;
            }

            if (pool.Length >= program.UnitCount - (locked?.Count(isLocked => isLocked) ?? 0))
            {
                return false;
            }
        }
    }
}
