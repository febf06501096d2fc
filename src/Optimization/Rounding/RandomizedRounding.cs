using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Draws a decision for each unit from allocation probabilities, independent between units, with exact marginals and without ever
/// exceeding an upper bound.
/// </summary>
/// <remarks>
/// An optimal vertex has at most as many fractional units as binding rows, so head-room is reserved rather than draws made dependent: as
/// few fractional units as needed are fixed beforehand, at a known loss, until even the worst combination of the others fits. Dependent
/// rounding would keep one row exactly, but not several with different coefficients.
/// </remarks>
public static class RandomizedRounding
{
    // A probability this near to 0 or 1 is a solver's round-off, not a wish to randomise.
    private const double RoundOff = 1e-9;

    /// <summary>Rounds with a draw per unit from a seeded hash of its key.</summary>
    /// <param name="program">The program.</param>
    /// <param name="probabilities">Feasible x of each edge; shape [edges].</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">The probabilities do not fit the program or are not feasible for it.</exception>
    public static RoundedDecision Round(AllocationProgram program, ReadOnlySpan<double> probabilities, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(program);
        var uniforms = new double[program.UnitCount];
        for (var unit = 0; unit < uniforms.Length; unit++)
        {
            uniforms[unit] = SeededHash.Uniform(seed, program.UnitKeys[unit]);
        }

        return Round(program, probabilities, uniforms);
    }

    /// <summary>Rounds with a draw per unit from the caller.</summary>
    /// <param name="program">The program.</param>
    /// <param name="probabilities">Feasible x of each edge; shape [edges].</param>
    /// <param name="uniforms">A uniform number in [0, 1) per unit; shape [units].</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">A length or number is wrong, or the probabilities are not feasible for the program.</exception>
    public static RoundedDecision Round(AllocationProgram program, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> uniforms)
    {
        ArgumentNullException.ThrowIfNull(program);
        UniformDraws.Check(uniforms, program.UnitCount, nameof(uniforms));
        if (!KeepsUpperSide(program, probabilities))
        {
            throw new ArgumentException("The probabilities exceed an upper bound, a frequency cap or [0, 1].", nameof(probabilities));
        }

        return Round(program, probabilities.ToArray(), uniforms, new bool[program.UnitCount]);
    }

    internal static RoundedDecision Round(AllocationProgram program, double[] x, ReadOnlySpan<double> uniforms, bool[] locked)
    {
        UnitCaps.Enforce(program, x);
        foreach (ref var probability in x.AsSpan())
        {
            probability = probability <= RoundOff ? 0 : probability >= 1 - RoundOff ? 1 : probability;
        }

        var room = HeadRoom.Reserve(program, x, locked);
        var chosen = new bool[x.Length];
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var range = UnitOutcomes.EdgesOf(program, unit);
            UnitOutcomes.Choose(x.AsSpan(range), uniforms[unit], chosen.AsSpan(range));
        }

        return new RoundedDecision(program, chosen, x, room.FixedUnits, room.ValueGivenUp);
    }

    private static bool KeepsUpperSide(AllocationProgram program, ReadOnlySpan<double> x)
    {
        var certificate = Certificate.Of(program, x, default);
        return certificate.MaxUnitViolation <= Certificate.FeasibilityTolerance
            && certificate.Rows.All(row => row.Use < row.Lower || row.RelativeViolation <= Certificate.FeasibilityTolerance);
    }
}
