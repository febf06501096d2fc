using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;

namespace Noah.Optimization.Exploration;

/// <summary>What the explorers use of one row.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Use">Σ coefficient over the explorers' actions, in the unit of the row.</param>
public sealed record ExplorationUse(string Name, double Use);

/// <summary>Decisions of a planning round with exploration and the exact probability of each under the whole randomised design.</summary>
/// <remarks>
/// The probabilities are those of one unit's own draw, given the draws of the others: a valid propensity for inverse weighting, since a
/// unit's draw is independent of theirs. For a unit that does not explore they are exact. For an explorer, what the optimiser would have
/// done with it is read from the dual prices; that is exact too unless the unit alone would have moved the prices or tied at them.
/// </remarks>
public sealed class ExplorationPlan
{
    private readonly AllocationProgram _program;
    private readonly bool[] _chosen;
    private readonly bool[] _explores;
    private readonly double[] _optimised;
    private readonly double[] _edgePropensities;
    private readonly double[] _noActionPropensities;
    private readonly double[] _decisionPropensities;
    private readonly double[] _dualPrices;

    internal ExplorationPlan(AllocationProgram program, bool[] explores, RoundedDecision decision, double[] optimised, double[] dualPrices, double share)
    {
        _program = program;
        _explores = explores;
        _optimised = optimised;
        _dualPrices = dualPrices;
        _chosen = new bool[program.EdgeCount];
        foreach (var edge in decision.ChosenEdges)
        {
            _chosen[edge] = true;
        }

        Rounding = decision;
        Certificate = decision.Certify(dualPrices);
        (_edgePropensities, _noActionPropensities, _decisionPropensities) = Propensities.Of(program, optimised, _chosen, share);

        var explored = new double[program.EdgeCount];
        var table = new PriceTable(program, dualPrices);
        for (var unit = 0; unit < explores.Length; unit++)
        {
            if (!explores[unit])
            {
                continue;
            }

            ForgoneValue += Certificate.UnitSurplus(unit);
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                explored[edge] = _chosen[edge] ? 1 : 0;
                ForgoneValue -= _chosen[edge] ? table.Reduced(edge) : 0;
            }
        }

        var uses = RowUse.Of(program, explored);
        Uses = Array.AsReadOnly([.. program.Rows.Select((row, r) => new ExplorationUse(row.Name, uses[r]))]);
    }

    /// <summary>Whether each unit explored; shape [units].</summary>
    public ReadOnlySpan<bool> Explores => _explores;

    /// <summary>Whether each edge was chosen, by exploration or by the optimiser; shape [edges].</summary>
    public ReadOnlySpan<bool> Chosen => _chosen;

    /// <summary>x of each edge had the unit not explored: the optimiser's after rounding's head-room, or at the dual prices for
    /// explorers; shape [edges].</summary>
    public ReadOnlySpan<double> OptimisedProbabilities => _optimised;

    /// <summary>Probability that each edge is chosen: (1 − share) · x + share / (eligible actions + 1); shape [edges].</summary>
    public ReadOnlySpan<double> EdgePropensities => _edgePropensities;

    /// <summary>Probability that each unit receives no action; positive for every unit when the share is; shape [units].</summary>
    public ReadOnlySpan<double> NoActionPropensities => _noActionPropensities;

    /// <summary>Probability of exactly what was decided for each unit, "no action" included, in (0, 1]; shape [units].</summary>
    public ReadOnlySpan<double> DecisionPropensities => _decisionPropensities;

    /// <summary>Price of each row from the solve over the units that do not explore; shape [rows].</summary>
    public ReadOnlySpan<double> DualPrices => _dualPrices;

    /// <summary>Rounding of the optimised part: units fixed and value given up.</summary>
    public RoundedDecision Rounding { get; }

    /// <summary>The decisions on the original program: objective, bound over all plans without exploration, use of each row (upper bounds
    /// hold exactly).</summary>
    public Certificate Certificate { get; }

    /// <summary>What the explorers use of each row, in the order of the program.</summary>
    public IReadOnlyList<ExplorationUse> Uses { get; }

    /// <summary>
    /// What exploration costs in money, at the dual prices: the explorers' best net value less that of what they drew. Never less than the
    /// true loss, since it is measured against the Lagrangian bound of the plan without exploration; ≥ 0.
    /// </summary>
    public double ForgoneValue { get; }

    /// <summary>The chosen edge of a unit.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>The first chosen edge, or null for no action.</returns>
    public int? EdgeOf(int unit)
    {
        var at = _chosen.AsSpan(_program.RowStart[unit].._program.RowStart[unit + 1]).IndexOf(true);
        return at < 0 ? null : _program.RowStart[unit] + at;
    }
}
