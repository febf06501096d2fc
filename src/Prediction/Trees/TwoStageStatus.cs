namespace Noah.Prediction.Trees;

/// <summary>How a fit of two-stage trees ended.</summary>
public enum TwoStageStatus
{
    /// <summary>There is a model.</summary>
    Trained,

    /// <summary>Fewer than <see cref="TwoStageTrees.MinOfEach"/> positive or zero amounts: no model.</summary>
    TooFewOfOneKind,
}
