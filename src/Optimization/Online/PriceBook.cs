using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Online;

/// <summary>
/// Prices of a solved program, folded by action, with which a unit that was not in it is allocated by itself: the best actions by value less what they use
/// at the prices (noah.md §3.2, dynamic serving). Valid while values and uses are distributed as they were at planning; see <see cref="ConsumptionDrift"/>
/// and <see cref="ScoreDrift"/>. Immutable; plain numbers throughout, so that any serialiser can keep it.
/// </summary>
public sealed class PriceBook
{
    private readonly BookedRow[] _rows;
    private readonly string[] _measures;
    private readonly double[] _actionCharges;
    private readonly double[] _measureCharges;
    private readonly int[] _channelOfAction;

    /// <summary>Restores a stored book.</summary>
    /// <param name="rows">As <see cref="Rows"/>.</param>
    /// <param name="measures">As <see cref="Measures"/>.</param>
    /// <param name="actionCharges">As <see cref="ActionCharges"/>.</param>
    /// <param name="measureCharges">As <see cref="MeasureCharges"/>.</param>
    /// <param name="channelOfAction">As <see cref="ChannelOfAction"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit or a charge is not finite.</exception>
    public PriceBook(
        IReadOnlyList<BookedRow> rows,
        IReadOnlyList<string> measures,
        IReadOnlyList<double> actionCharges,
        IReadOnlyList<double> measureCharges,
        IReadOnlyList<int> channelOfAction)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(actionCharges);
        ArgumentNullException.ThrowIfNull(measureCharges);
        ArgumentNullException.ThrowIfNull(channelOfAction);
        (_rows, _measures, _actionCharges, _measureCharges, _channelOfAction) =
            ([.. rows], [.. measures], [.. actionCharges], [.. measureCharges], [.. channelOfAction]);
        CheckLength(_measureCharges.Length, _measures.Length * _actionCharges.Length, nameof(measureCharges));
        CheckLength(_channelOfAction.Length, _actionCharges.Length, nameof(channelOfAction));
        if (_actionCharges.Concat(_measureCharges).Any(charge => !double.IsFinite(charge)))
        {
            throw new ArgumentException("Charges must be finite.", nameof(actionCharges));
        }
    }

    /// <summary>Rows of the plan with bounds, prices and planned use, in the order of the program.</summary>
    public IReadOnlyList<BookedRow> Rows => _rows;

    /// <summary>Measures that differ between units and have a price: candidates bring their use of these, in this order.</summary>
    public IReadOnlyList<string> Measures => _measures;

    /// <summary>What choosing an action costs at the prices, whoever the unit is, in money; shape [actions].</summary>
    public IReadOnlyList<double> ActionCharges => _actionCharges;

    /// <summary>Price of one unit of each of <see cref="Measures"/> for each action, in money; shape [measures × actions], row-major.</summary>
    public IReadOnlyList<double> MeasureCharges => _measureCharges;

    /// <summary>Channel of each action, or <see cref="UnitLimits.NoChannel"/>; shape [actions].</summary>
    public IReadOnlyList<int> ChannelOfAction => _channelOfAction;

    /// <summary>Writes the book of a solved program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program.</exception>
    public static PriceBook Of(AllocationProgram program, Allocation allocation)
    {
        var planned = PlannedUse.Of(program, allocation);
        var actions = program.ActionCount;
        var actionCharges = new double[actions];
        var slopes = new SortedDictionary<int, double[]>();
        for (var r = 0; r < program.RowArray.Length; r++)
        {
            var row = program.RowArray[r];
            var price = PriceTable.Clip(row, allocation.DualPrices[r]);
            for (var action = 0; price != 0 && action < actions; action++)
            {
                if (!row.Covers(action))
                {
                    continue;
                }

                if (!row.Measure.IsPerEdge)
                {
                    actionCharges[action] += price * row.Measure.PerAction[action];
                    continue;
                }

                if (!slopes.TryGetValue(row.MeasureIndex, out var slope))
                {
                    slopes[row.MeasureIndex] = slope = new double[actions];
                }

                slope[action] += price;
            }
        }

        var rows = program.RowArray.Select((row, r) => new BookedRow(row.Name, row.Kind, row.Lower, row.Upper, allocation.DualPrices[r], planned[r]));
        return new PriceBook(
            [.. rows],
            [.. slopes.Keys.Select(measure => program.MeasureArray[measure].Name)],
            actionCharges,
            [.. slopes.Values.SelectMany(slope => slope)],
            [.. Enumerable.Range(0, actions).Select(program.Limits.ChannelOf)]);
    }

    /// <summary>Allocates a unit: the greatest total of positive reduced values under its caps. Time grows with the candidates times the chosen actions.</summary>
    /// <param name="actions">Action of each candidate, in [0, actions), distinct; shape [candidates].</param>
    /// <param name="values">Value of each relative to no action, in money, finite; shape [candidates].</param>
    /// <param name="uses">Use of each of <see cref="Measures"/>, finite and ≥ 0; shape [candidates × measures], row-major.</param>
    /// <param name="cap">Most actions of the unit, ≥ 0; default 1.</param>
    /// <param name="channelCaps">Most actions in each channel, ≥ 0; channels beyond its length are not capped; default none.</param>
    /// <returns>The choices; of equal candidates the earlier one, and no action rather than one worth nothing.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an action, value, use or cap is out of range.</exception>
    public OnlineDecision Allocate(
        ReadOnlySpan<int> actions, ReadOnlySpan<double> values, ReadOnlySpan<double> uses = default, int cap = 1, ReadOnlySpan<int> channelCaps = default)
    {
        CheckLength(values.Length, actions.Length, nameof(values));
        CheckLength(uses.Length, actions.Length * _measures.Length, nameof(uses));
        ArgumentOutOfRangeException.ThrowIfNegative(cap);
        foreach (var channelCap in channelCaps)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(channelCap, nameof(channelCaps));
        }

        var (reduced, channels) = (new double[actions.Length], new int[actions.Length]);
        for (var c = 0; c < reduced.Length; c++)
        {
            reduced[c] = Reduced(actions[c], values[c], uses.Slice(c * _measures.Length, _measures.Length));
            channels[c] = _channelOfAction[actions[c]] < channelCaps.Length ? _channelOfAction[actions[c]] : UnitLimits.NoChannel;
        }

        var greedy = new CappedGreedy(reduced, channels, cap, channelCaps.ToArray());
        var choices = new OnlineChoice[greedy.Chosen.Count];
        for (var i = 0; i < choices.Length; i++)
        {
            var c = greedy.Chosen[i];
            choices[i] = new OnlineChoice(c, actions[c], reduced[c]);
        }

        return new OnlineDecision(choices, greedy.NearestChange()?.Distance);
    }

    private double Reduced(int action, double value, ReadOnlySpan<double> uses)
    {
        if (action < 0 || action >= _actionCharges.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(action), action, $"An action must lie in [0, {_actionCharges.Length}).");
        }

        var reduced = value - _actionCharges[action];
        for (var m = 0; m < uses.Length; m++)
        {
            if (!(double.IsFinite(uses[m]) && uses[m] >= 0))
            {
                throw new ArgumentOutOfRangeException(nameof(uses), uses[m], $"Action {action}: a use must be finite and at least 0.");
            }

            reduced -= _measureCharges[(m * _actionCharges.Length) + action] * uses[m];
        }

        return double.IsFinite(reduced) ? reduced : throw new ArgumentOutOfRangeException(nameof(value), value, $"Action {action}: a value must be finite.");
    }

    private static void CheckLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Length {actual} must be {expected}.", parameter);
        }
    }
}
