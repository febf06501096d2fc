using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Rounding;

/// <summary>One decision per unit, drawn at random with recorded probabilities.</summary>
public sealed class RoundedDecision
{
    private readonly AllocationProgram _program;
    private readonly int[] _chosenEdges;

    internal RoundedDecision(
        ChoiceSet choice, RandomUnit[] undecided, Func<int, double> draw, int decidedUnits, int moves, double expected, bool keepsRows)
    {
        _program = choice.Program;
        FixedUnits = decidedUnits;
        RepairMoves = moves;
        KeepsRows = keepsRows;
        var certain = choice.ToArray();
        foreach (var unit in undecided)
        {
            foreach (var edge in unit.Edges)
            {
                choice.Add(edge);
            }
        }

        var edges = choice.ToArray();
        var probabilities = new double[edges.Length];
        Array.Fill(probabilities, 1.0);
        foreach (var unit in undecided)
        {
            Span<bool> chosen = new bool[unit.Edges.Length];
            UnitOutcomes.Choose(unit.Probabilities, draw(unit.Unit), chosen);
            for (var i = 0; i < chosen.Length; i++)
            {
                probabilities[Array.BinarySearch(edges, unit.Edges[i])] = unit.Probabilities[i];
                if (!chosen[i])
                {
                    choice.Remove(unit.Edges[i]);
                }
            }
        }

        Probabilities = new EdgeProbabilities(_program.EdgeCount, edges, probabilities);
        ValueGivenUp = expected;
        for (var i = 0; i < edges.Length; i++)
        {
            ValueGivenUp -= probabilities[i] * _program.ValueArray[edges[i]];
        }

        _chosenEdges = undecided.Length == 0 ? certain : choice.ToArray();
    }

    /// <summary>Chosen edges, ascending.</summary>
    public ReadOnlySpan<int> ChosenEdges => _chosenEdges;

    /// <summary>
    /// Exact probability with which each edge was to be chosen. Equal to the allocation's except for units that were decided beforehand or moved by the
    /// repair, where it is 0 or 1.
    /// </summary>
    public EdgeProbabilities Probabilities { get; }

    /// <summary>Units whose randomness was given up so that no draw can break a row.</summary>
    public int FixedUnits { get; }

    /// <summary>Moves by which the repair mended and filled rows.</summary>
    public int RepairMoves { get; }

    /// <summary>Whether every row holds, whatever was drawn. False only when rounding itself makes a band unattainable (narrower than one unit's
    /// use); the certificate of the decision then says by how much.</summary>
    public bool KeepsRows { get; }

    /// <summary>Expected value of the given probabilities less that of the recorded ones, in money; negative when the repair found room.</summary>
    public double ValueGivenUp { get; }

    /// <summary>The chosen edges as an allocation.</summary>
    /// <returns>Probability 1 for each of them.</returns>
    public EdgeProbabilities ToAllocation() => EdgeProbabilities.OfChosen(_program.EdgeCount, _chosenEdges);

    /// <summary>The decision on the original program.</summary>
    /// <param name="dualPrices">Price of each row, for the bound; shape [rows].</param>
    /// <returns>Objective, bound and use of each row.</returns>
    public Certificate Certify(ReadOnlySpan<double> dualPrices) => Certificate.Of(_program, ToAllocation(), dualPrices);

    /// <summary>The decision on the original program, at the prices of the allocation that was rounded and with its bound.</summary>
    /// <param name="allocation">That allocation.</param>
    /// <returns>Objective, bound and use of each row.</returns>
    public Certificate Certify(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        return allocation.Certificate.Of(ToAllocation());
    }

    /// <summary>The chosen edge of a unit.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>The first chosen edge, or null for no action.</returns>
    public int? EdgeOf(int unit)
    {
        var at = Array.BinarySearch(_chosenEdges, _program.RowStart[unit]);
        at = at < 0 ? ~at : at;
        return at < _chosenEdges.Length && _chosenEdges[at] < _program.RowStart[unit + 1] ? _chosenEdges[at] : null;
    }

    /// <summary>Exact probability of what was decided for a unit: of its set of actions, "no action" included.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>Probability in (0, 1].</returns>
    public double ProbabilityOfDecision(int unit)
    {
        var (first, end) = (_program.RowStart[unit], _program.RowStart[unit + 1]);
        var (probabilities, chosen) = (new double[end - first], new bool[end - first]);
        for (var edge = first; edge < end; edge++)
        {
            probabilities[edge - first] = Probabilities[edge];
            chosen[edge - first] = Array.BinarySearch(_chosenEdges, edge) >= 0;
        }

        return UnitOutcomes.ProbabilityOf(probabilities, chosen);
    }
}
