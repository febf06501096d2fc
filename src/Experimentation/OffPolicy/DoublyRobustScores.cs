namespace Noah.Experimentation.OffPolicy;

/// <summary>Augmented inverse propensity scores: their mean over any group of units is that group's average effect.</summary>
internal static class DoublyRobustScores
{
    internal static double[] Of(RandomizedOutcomes data)
    {
        var (meanTreated, meanControl) = WeightedArmMeans(data);
        var ifControl = data.PredictedIfControl.Span;
        var scores = new double[data.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var control = ifControl.IsEmpty ? meanControl : ifControl[i];
            var treated = ifControl.IsEmpty ? meanTreated : ifControl[i] + data.PredictedIncrements.Span[i];
            var propensity = data.Propensities.Span[i];
            var outcome = data.Outcomes.Span[i];
            scores[i] = treated - control + (data.Treated.Span[i]
                ? (outcome - treated) / propensity
                : -(outcome - control) / (1 - propensity));
        }

        return scores;
    }

    private static (double Treated, double Control) WeightedArmMeans(RandomizedOutcomes data)
    {
        double treatedSum = 0, treatedWeight = 0, controlSum = 0, controlWeight = 0;
        for (var i = 0; i < data.Count; i++)
        {
            var propensity = data.Propensities.Span[i];
            if (data.Treated.Span[i])
            {
                treatedWeight += 1 / propensity;
                treatedSum += data.Outcomes.Span[i] / propensity;
            }
            else
            {
                controlWeight += 1 / (1 - propensity);
                controlSum += data.Outcomes.Span[i] / (1 - propensity);
            }
        }

        return (treatedSum / treatedWeight, controlSum / controlWeight);
    }
}
