using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

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
        var random = undecided.SelectMany(unit => unit.Edges.ToArray().Zip(unit.Probabilities)).ToArray();
        (int Edge, double Probability)[] all = [.. certain.Select(edge => (edge, 1.0)), .. random];
        Array.Sort(all, (a, b) => a.Edge.CompareTo(b.Edge));
        Probabilities = new EdgeProbabilities(_program.EdgeCount, Array.ConvertAll(all, e => e.Edge), Array.ConvertAll(all, e => e.Probability));
        ValueGivenUp = expected - all.Sum(e => e.Probability * _program.ValueArray[e.Edge]);
        foreach (var unit in undecided)
        {
            Span<bool> chosen = new bool[unit.Edges.Length];
            UnitOutcomes.Choose(unit.Probabilities, draw(unit.Unit), chosen);
            for (var i = 0; i < chosen.Length; i++)
            {
                if (chosen[i])
                {
                    choice.Add(unit.Edges[i]);
                }
            }
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
