using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>Held-out units of a randomised comparison with the increments predicted for them. The columns are held, not copied.</summary>
public sealed class RandomizedOutcomes
{
    /// <summary>Builds the data and checks every row.</summary>
    /// <param name="treated">Whether the unit was treated.</param>
    /// <param name="propensities">Probability of treatment, in (0, 1), per unit.</param>
    /// <param name="outcomes">Finite outcome per unit, in the metric's unit.</param>
    /// <param name="predictedIncrements">Predicted outcome if treated minus if not, finite, by a model that did not see the unit.</param>
    /// <param name="predictedIfControl">
    /// Predicted outcome without treatment, by a model that did not see the unit; lowers the variance. Default empty: the arms' weighted
    /// means stand in, which is unbiased as well, and the increments then serve for ranking only.
    /// </param>
    /// <exception cref="ArgumentException">Lengths differ or a value is outside its range; the message names its index.</exception>
    public RandomizedOutcomes(
        ReadOnlyMemory<bool> treated,
        ReadOnlyMemory<double> propensities,
        ReadOnlyMemory<double> outcomes,
        ReadOnlyMemory<double> predictedIncrements,
        ReadOnlyMemory<double> predictedIfControl = default)
    {
        Require.Length(propensities.Length, treated.Length, nameof(propensities));
        Require.Length(outcomes.Length, treated.Length, nameof(outcomes));
        Require.Length(predictedIncrements.Length, treated.Length, nameof(predictedIncrements));
        Require.Finite(outcomes.Span, nameof(outcomes));
        Require.Finite(predictedIncrements.Span, nameof(predictedIncrements));
        if (!predictedIfControl.IsEmpty)
        {
            Require.Length(predictedIfControl.Length, treated.Length, nameof(predictedIfControl));
            Require.Finite(predictedIfControl.Span, nameof(predictedIfControl));
        }

        var probabilities = propensities.Span;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] > 0 && probabilities[i] < 1))
            {
                throw new ArgumentException($"Propensity {i} is {probabilities[i]}: must lie in (0, 1).", nameof(propensities));
            }
        }

        Treated = treated;
        Propensities = propensities;
        Outcomes = outcomes;
        PredictedIncrements = predictedIncrements;
        PredictedIfControl = predictedIfControl;
    }

    /// <summary>Number of units.</summary>
    public int Count => Treated.Length;

    internal ReadOnlyMemory<bool> Treated { get; }

    internal ReadOnlyMemory<double> Propensities { get; }

    internal ReadOnlyMemory<double> Outcomes { get; }

    internal ReadOnlyMemory<double> PredictedIncrements { get; }

    internal ReadOnlyMemory<double> PredictedIfControl { get; }
}
