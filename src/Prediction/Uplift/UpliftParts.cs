using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>
/// The fits that make an effect. T: treated, control. X: effect among the treated, among the controls, and the propensity where it was
/// estimated. Doubly robust: the effect.
/// </summary>
/// <param name="Fits">In that order.</param>
/// <param name="TreatedShare">X: the weight of the effect among the controls for all rows, where propensities were given; else null.</param>
internal sealed record UpliftParts(IFittedLearner[] Fits, float? TreatedShare = null)
{
    /// <summary>Whether these are the fits of that learner.</summary>
    public bool Fit(UpliftLearner learner) => learner switch
    {
        UpliftLearner.T => Fits.Length == 2,
        UpliftLearner.X => Fits.Length == (TreatedShare is null ? 3 : 2) && TreatedShare is null or (>= 0f and <= 1f),
        UpliftLearner.DoublyRobust => Fits.Length == 1,
        _ => false,
    };

    /// <summary>[rows].</summary>
    public float[] Effect(FeatureTable table, UpliftLearner learner)
    {
        float[] first = Fits[0].Predict(table);
        if (learner == UpliftLearner.DoublyRobust)
        {
            return first;
        }
        float[] second = Fits[1].Predict(table);
        if (learner == UpliftLearner.T)
        {
            return [.. first.Zip(second, (with, without) => with - without)];
        }
        float[]? propensities = TreatedShare is null ? Fits[2].Predict(table) : null;
        return
        [
            .. second.Select((ofControl, row) =>
            {
                float weight = propensities?[row] ?? TreatedShare!.Value;
                return weight * ofControl + (1 - weight) * first[row];
            }),
        ];
    }

    /// <exception cref="NotSupportedException">A fit is of a base learner that is not the engine's own.</exception>
    public ArtifactPart[] ToParts() =>
    [
        .. Fits.Select(fit => fit is FittedPart part
            ? part.ToPart()
            : throw new NotSupportedException($"A file cannot hold a {fit.GetType().Name}: it is of a base learner that is not the engine's own.")),
    ];
}
