using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>Decisions that a randomising policy took, with what came of them. The columns are held, not copied.</summary>
public sealed class LoggedDecisions
{
    // Propensities may have passed through a float column.
    private const double PropensityTolerance = 1e-6;

    /// <summary>Builds the log and checks every row.</summary>
    /// <param name="actionCount">Number of actions, at least 2; no-send counts as an action.</param>
    /// <param name="actions">Index of the action taken per unit, in [0, actionCount).</param>
    /// <param name="propensities">Probability with which that action was drawn, in (0, 1], per unit.</param>
    /// <param name="rewards">Finite outcome per unit, in the metric's unit.</param>
    /// <param name="outcomePredictions">
    /// Predicted reward under each action, [units × actions] row-major, from models that did not see the unit (cross-fitting is the
    /// caller's duty). Default empty: the doubly robust estimates are then absent.
    /// </param>
    /// <param name="loggingProbabilities">
    /// Probability of each action under the logging policy, [units × actions] row-major, in [0, 1]. Default empty: an action then
    /// counts as supported for everyone when the log holds it at all, which finds gaps for whole actions only. The entry of the action
    /// taken must equal its propensity.
    /// </param>
    /// <exception cref="ArgumentException">Lengths differ or a value is outside its range; the message names its index.</exception>
    public LoggedDecisions(
        int actionCount,
        ReadOnlyMemory<int> actions,
        ReadOnlyMemory<double> propensities,
        ReadOnlyMemory<double> rewards,
        ReadOnlyMemory<double> outcomePredictions = default,
        ReadOnlyMemory<double> loggingProbabilities = default)
    {
        Require.AtLeast(actionCount, 2);
        Require.Length(propensities.Length, actions.Length, nameof(propensities));
        Require.Length(rewards.Length, actions.Length, nameof(rewards));
        Require.Finite(rewards.Span, nameof(rewards));
        var cells = (long)actions.Length * actionCount;
        if (!outcomePredictions.IsEmpty)
        {
            Require.Length(outcomePredictions.Length, cells, nameof(outcomePredictions));
            Require.Finite(outcomePredictions.Span, nameof(outcomePredictions));
        }

        if (!loggingProbabilities.IsEmpty)
        {
            Require.Length(loggingProbabilities.Length, cells, nameof(loggingProbabilities));
            CheckProbabilities(loggingProbabilities.Span);
        }

        CheckRows(actionCount, actions.Span, propensities.Span, loggingProbabilities.Span);
        ActionCount = actionCount;
        Actions = actions;
        Propensities = propensities;
        Rewards = rewards;
        OutcomePredictions = outcomePredictions;
        LoggingProbabilities = loggingProbabilities;
    }

    /// <summary>Number of units.</summary>
    public int Count => Actions.Length;

    /// <summary>Number of actions.</summary>
    public int ActionCount { get; }

    /// <summary>Whether predicted rewards are there, so that doubly robust estimates can be made.</summary>
    public bool HasOutcomePredictions => !OutcomePredictions.IsEmpty;

    internal ReadOnlyMemory<int> Actions { get; }

    internal ReadOnlyMemory<double> Propensities { get; }

    internal ReadOnlyMemory<double> Rewards { get; }

    internal ReadOnlyMemory<double> OutcomePredictions { get; }

    internal ReadOnlyMemory<double> LoggingProbabilities { get; }

    private static void CheckRows(
        int actionCount, ReadOnlySpan<int> actions, ReadOnlySpan<double> propensities, ReadOnlySpan<double> loggingProbabilities)
    {
        for (var i = 0; i < actions.Length; i++)
        {
            if ((uint)actions[i] >= (uint)actionCount)
            {
                throw new ArgumentException($"Action {i} is {actions[i]}: must lie in [0, {actionCount}).", nameof(actions));
            }

            if (!(propensities[i] > 0 && propensities[i] <= 1))
            {
                throw new ArgumentException($"Propensity {i} is {propensities[i]}: must lie in (0, 1].", nameof(propensities));
            }

            if (!loggingProbabilities.IsEmpty
                && Math.Abs(loggingProbabilities[(i * actionCount) + actions[i]] - propensities[i]) > PropensityTolerance)
            {
                throw new ArgumentException(
                    $"Row {i} gives the action taken another probability than its propensity {propensities[i]}.", nameof(loggingProbabilities));
            }
        }
    }

    private static void CheckProbabilities(ReadOnlySpan<double> loggingProbabilities)
    {
        for (var i = 0; i < loggingProbabilities.Length; i++)
        {
            if (!(loggingProbabilities[i] >= 0 && loggingProbabilities[i] <= 1))
            {
                throw new ArgumentException(
                    $"Value {i} is {loggingProbabilities[i]}: must lie in [0, 1].", nameof(loggingProbabilities));
            }
        }
    }
}
