using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Triggering;

/// <summary>
/// What both policies decided for every unit at every run, logged before the arm mattered, with what came of it. The columns are held, not
/// copied; all have one element per record, a record being one unit in one run.
/// </summary>
public sealed class PolicyDecisions
{
    /// <summary>Builds the log and checks every record.</summary>
    /// <param name="units">Key of the unit; the unit of randomisation, an account where accounts are randomised.</param>
    /// <param name="runs">Number of the run, rising in time; at most one record for a unit and run.</param>
    /// <param name="treated">Whether the unit is in the arm that follows the treatment policy; the same in all its runs.</param>
    /// <param name="controlActions">What the control policy decided, 0 for no send.</param>
    /// <param name="treatmentActions">
    /// What the treatment policy decided, 0 for no send. Where decisions are drawn, both are drawn with one number.
    /// </param>
    /// <param name="outcomes">Finite outcome from this run to the unit's next, in the metric's unit.</param>
    /// <param name="costs">Finite cost of what was sent in this run. Default empty: costs are not compared.</param>
    /// <param name="weights">
    /// Units that a record stands for, finite and above 0, the same in all records of a unit: 1 / x where units were logged with probability
    /// x, as with a sample of those who agree or of sends drawn with probability x. Default empty: 1.
    /// </param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not allowed, or a unit changes its arm or weight; the message names the record.</exception>
    public PolicyDecisions(
        ReadOnlyMemory<long> units,
        ReadOnlyMemory<int> runs,
        ReadOnlyMemory<bool> treated,
        ReadOnlyMemory<int> controlActions,
        ReadOnlyMemory<int> treatmentActions,
        ReadOnlyMemory<double> outcomes,
        ReadOnlyMemory<double> costs = default,
        ReadOnlyMemory<double> weights = default)
    {
        Require.Length(runs.Length, units.Length, nameof(runs));
        Require.Length(treated.Length, units.Length, nameof(treated));
        Require.Length(controlActions.Length, units.Length, nameof(controlActions));
        Require.Length(treatmentActions.Length, units.Length, nameof(treatmentActions));
        Require.Length(outcomes.Length, units.Length, nameof(outcomes));
        Require.Finite(outcomes.Span, nameof(outcomes));
        if (!costs.IsEmpty)
        {
            Require.Length(costs.Length, units.Length, nameof(costs));
            Require.Finite(costs.Span, nameof(costs));
        }

        if (!weights.IsEmpty)
        {
            Require.Length(weights.Length, units.Length, nameof(weights));
        }

        HasCosts = !costs.IsEmpty;
        Units = Collapse(units.Span, runs.Span, treated.Span, controlActions.Span, treatmentActions.Span, outcomes.Span, costs.Span, weights.Span);
    }

    internal bool HasCosts { get; }

    /// <summary>One row per unit, in the order of their keys.</summary>
    internal IReadOnlyList<TriggeredUnit> Units { get; }

    private static List<TriggeredUnit> Collapse(
        ReadOnlySpan<long> units,
        ReadOnlySpan<int> runs,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<int> controlActions,
        ReadOnlySpan<int> treatmentActions,
        ReadOnlySpan<double> outcomes,
        ReadOnlySpan<double> costs,
        ReadOnlySpan<double> weights)
    {
        var order = Order(units, runs);
        var rows = new List<TriggeredUnit>();
        for (var k = 0; k < order.Length; k++)
        {
            var i = order[k];
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (controlActions[i] < 0 || treatmentActions[i] < 0 || !(weight > 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException(
                    $"Record {i} has actions {controlActions[i]}, {treatmentActions[i]} and weight {weight}: actions must be at least 0, weights above 0.",
                    nameof(controlActions));
            }

            var known = k > 0 && units[order[k - 1]] == units[i];
            if (known && runs[order[k - 1]] == runs[i])
            {
                throw new ArgumentException($"Record {i} repeats run {runs[i]} of unit {units[i]}.", nameof(runs));
            }

            if (known && (rows[^1].Treated != treated[i] || rows[^1].Weight != weight))
            {
                throw new ArgumentException($"Record {i} gives unit {units[i]} another arm or weight than before.", nameof(treated));
            }

            var row = known ? rows[^1] : new TriggeredUnit(treated[i], weight);
            var next = row.With(
                Cell(controlActions[i], treatmentActions[i]),
                outcomes[i],
                (treated[i] ? treatmentActions[i] : controlActions[i]) > 0,
                costs.IsEmpty ? 0 : costs[i]);
            if (known)
            {
                rows[^1] = next;
            }
            else
            {
                rows.Add(next);
            }
        }

        return rows;
    }

    private static int[] Order(ReadOnlySpan<long> units, ReadOnlySpan<int> runs)
    {
        var keys = new (long Unit, int Run)[units.Length];
        var order = new int[units.Length];
        for (var i = 0; i < order.Length; i++)
        {
            (keys[i], order[i]) = ((units[i], runs[i]), i);
        }

        Array.Sort(keys, order);
        return order;
    }

    private static TriggerCell Cell(int control, int treatment) => (control, treatment) switch
    {
        _ when control == treatment => TriggerCell.Agree,
        (_, 0) => TriggerCell.ControlOnly,
        (0, _) => TriggerCell.TreatmentOnly,
        _ => TriggerCell.DifferentAction,
    };
}
