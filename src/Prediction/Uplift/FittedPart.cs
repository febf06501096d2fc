using Noah.Prediction.Artifacts;
using Noah.Prediction.Baselines;
using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Uplift;

/// <summary>A fit of one of the engine's own base learners, which a file can hold.</summary>
internal sealed class FittedPart : IFittedLearner
{
    private readonly Func<FeatureTable, float[]> _predict;
    private readonly Func<ArtifactPart> _toPart;

    private FittedPart(Func<FeatureTable, float[]> predict, Func<ArtifactPart> toPart) => (_predict, _toPart) = (predict, toPart);

    public static FittedPart Of(BoostedTrees trees) => new(trees.Predict, trees.ToPart);

    public static FittedPart Of(RidgeRegression ridge) => new(ridge.Predict, ridge.ToPart);

    public static FittedPart Of(LogisticBaseline logistic) =>
        new(table => logistic.Predict(table, new int[table.Rows]), logistic.ToPart);

    /// <exception cref="InvalidDataException">It is no fit of a base learner.</exception>
    public static FittedPart FromPart(ArtifactPart part) => part.Kind switch
    {
        BoostedTrees.Kind => Of(BoostedTrees.FromPart(part)),
        RidgeRegression.Kind => Of(RidgeRegression.FromPart(part)),
        LogisticBaseline.Kind => Of(LogisticBaseline.FromPart(part)),
        _ => throw new InvalidDataException($"The model file has a {part.Kind} part, which is no base learner of uplift."),
    };

    public float[] Predict(FeatureTable table) => _predict(table);

    public ArtifactPart ToPart() => _toPart();
}
