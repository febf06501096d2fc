namespace Noah.Experimentation.OffPolicy;

/// <summary>Augmented inverse propensity scores: their mean over any group of units is that group's average effect.</summary>
internal static class DoublyRobustScores
{
    internal static double[] Of(RandomizedOutcomes data)
    {
        var (meanTreated, meanControl) = WeightedArmMeans(data);
        ReadOnlySpan<double> ifControl = data.PredictedIfControl.Span, increments = data.PredictedIncrements.Span;
        ReadOnlySpan<double> propensities = data.Propensities.Span, outcomes = data.Outcomes.Span;
        var treatments = data.Treated.Span;
        var scores = new double[data.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var control = ifControl.IsEmpty ? meanControl : ifControl[i];
            var treated = ifControl.IsEmpty ? meanTreated : ifControl[i] + increments[i];
            scores[i] = treated - control + (treatments[i]
                ? (outcomes[i] - treated) / propensities[i]
                : -(outcomes[i] - control) / (1 - propensities[i]));
        }

        return scores;
    }

    private static (double Treated, double Control) WeightedArmMeans(RandomizedOutcomes data)
    {
        ReadOnlySpan<double> propensities = data.Propensities.Span, outcomes = data.Outcomes.Span;
        var treatments = data.Treated.Span;
        double treatedSum = 0, treatedWeight = 0, controlSum = 0, controlWeight = 0;
        for (var i = 0; i < data.Count; i++)
        {
            if (treatments[i])
            {
                treatedWeight += 1 / propensities[i];
                treatedSum += outcomes[i] / propensities[i];
            }
            else
            {
                controlWeight += 1 / (1 - propensities[i]);
                controlSum += outcomes[i] / (1 - propensities[i]);
            }
        }

        return (treatedSum / treatedWeight, controlSum / controlWeight);
    }
}
