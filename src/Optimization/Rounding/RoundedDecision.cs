using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>One decision per unit, drawn at random with recorded probabilities.</summary>
public sealed class RoundedDecision
{
    private readonly AllocationProgram _program;
    private readonly bool[] _chosen;
    private readonly double[] _probabilities;

    internal RoundedDecision(AllocationProgram program, bool[] chosen, double[] probabilities, int fixedUnits, double valueGivenUp)
    {
        _program = program;
        _chosen = chosen;
        _probabilities = probabilities;
        FixedUnits = fixedUnits;
        ValueGivenUp = valueGivenUp;
        Certificate = Certificate.Of(program, Array.ConvertAll(chosen, c => c ? 1.0 : 0.0), default);
    }

    /// <summary>Whether each edge was chosen; shape [edges].</summary>
    public ReadOnlySpan<bool> Chosen => _chosen;

    /// <summary>
    /// Exact probability with which each edge was to be chosen, in [0, 1]; shape [edges]. Equal to the allocation's except for
    /// <see cref="FixedUnits"/> units, where it is 0 or 1.
    /// </summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Units whose randomness was given up so that no draw can exceed an upper bound.</summary>
    public int FixedUnits { get; }

    /// <summary>Expected value given up by fixing them, in money; negative when the fixed outcome was worth more than the
    /// average.</summary>
    public double ValueGivenUp { get; }

    /// <summary>Objective and use of each row by the decision itself. Upper bounds hold exactly; lower bounds may be missed by the size
    /// of a few units.</summary>
    public Certificate Certificate { get; }

    /// <summary>The chosen edge of a unit.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>The first chosen edge, or null for no action.</returns>
    public int? EdgeOf(int unit)
    {
        var at = _chosen.AsSpan(UnitOutcomes.EdgesOf(_program, unit)).IndexOf(true);
        return at < 0 ? null : _program.RowStart[unit] + at;
    }

    /// <summary>Exact probability of what was decided for a unit: of its set of actions, "no action" included.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>Probability in (0, 1].</returns>
    public double ProbabilityOfDecision(int unit)
    {
        var range = UnitOutcomes.EdgesOf(_program, unit);
        return UnitOutcomes.ProbabilityOf(_probabilities.AsSpan(range), _chosen.AsSpan(range));
    }
}
