using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>
/// Tells whether predicted increments are worth acting on. Doubly robust scores of held-out randomised units give the average effect,
/// the best linear predictor and the group effects of Chernozhukov, Demirer, Duflo and Fernández-Val (generic machine learning
/// inference, 2018), and the rank-weighted effect of Yadlowsky et al. (2021), of which Qini is one weighting.
/// </summary>
public static class UpliftEvidence
{
    private const int ArmMinimum = 10;

    /// <summary>Assesses the evidence.</summary>
    /// <param name="data">Held-out randomised units with predicted increments.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <remarks>
    /// The verdict rests on two things fixed beforehand: the interval of the average effect and that of the slope. Qini, Auuc and
    /// groups are for display and do not enter, as picking the best of them would find heterogeneity in noise.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static UpliftReport Assess(RandomizedOutcomes data, UpliftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new UpliftOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.AtLeast(options.Groups, 2, nameof(options.Groups));
        var treated = data.Treated.Span.Count(true);
        if (Math.Min(treated, data.Count - treated) < ArmMinimum)
        {
            return None(UpliftStatus.TooFewObservations);
        }

        if (Moments.Of(data.Outcomes.Span).M2 <= 0)
        {
            return None(UpliftStatus.NoVariation);
        }

        var critical = Tails.NormalCritical(options.Confidence);
        var scores = DoublyRobustScores.Of(data);
        var effect = FromInfluence(scores, critical);
        var effectFound = !effect.Interval.Contains(0);
        var whenUniform = effectFound ? UpliftVerdict.EffectButNoHeterogeneity : UpliftVerdict.NoEvidenceOfEffect;
        var predicted = data.PredictedIncrements.Span;
        if (Moments.Of(predicted).M2 <= 0)
        {
            return new UpliftReport(UpliftStatus.ConstantPredictions, whenUniform, effect, null, null, null, null, []);
        }

        var (slopeValue, slopeError) = LinearPredictor.Slope(predicted, scores);
        var slope = new PolicyEstimate(slopeValue, slopeError, Interval.Around(slopeValue, critical * slopeError));
        var z = slopeError > 0 ? slopeValue / slopeError : 0;
        var twoSided = Tails.NormalTwoSided(z);
        var ranking = RankWeightedEffect.Of(predicted, scores);
        return new UpliftReport(
            UpliftStatus.Computed,
            slope.Interval.Lower > 0 ? UpliftVerdict.HeterogeneityFound : whenUniform,
            effect,
            slope,
            z > 0 ? twoSided / 2 : 1 - (twoSided / 2),
            FromInfluence(ranking.Auuc, critical),
            FromInfluence(ranking.Qini, critical),
            Groups(ranking.Order, predicted, scores, options.Groups, critical));
    }

    private static UpliftReport None(UpliftStatus status) =>
        new(status, UpliftVerdict.NoEvidenceOfEffect, null, null, null, null, null, []);

    private static PolicyEstimate FromInfluence(ReadOnlySpan<double> values, double critical)
    {
        var moments = Moments.Of(values);
        var standardError = moments.StandardError!.Value;
        return new PolicyEstimate(moments.Mean, standardError, Interval.Around(moments.Mean, critical * standardError));
    }

    private static List<UpliftGroup> Groups(
        int[] ascending, ReadOnlySpan<double> predicted, ReadOnlySpan<double> scores, int wanted, double critical)
    {
        var count = Math.Min(wanted, ascending.Length / 2);
        var groups = new List<UpliftGroup>(count);
        for (var group = 0; group < count; group++)
        {
            var from = (int)((long)ascending.Length * group / count);
            var to = (int)((long)ascending.Length * (group + 1) / count);
            var groupScores = new double[to - from];
            var sum = 0.0;
            for (var i = from; i < to; i++)
            {
                groupScores[i - from] = scores[ascending[i]];
                sum += predicted[ascending[i]];
            }

            var effect = FromInfluence(groupScores, critical);
            groups.Add(new UpliftGroup(groupScores.Length, sum / groupScores.Length, effect.Value, effect.StandardError, effect.Interval));
        }

        return groups;
    }
}
