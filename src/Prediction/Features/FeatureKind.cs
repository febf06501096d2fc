namespace Noah.Prediction.Features;

/// <summary>How the values of a feature are to be read.</summary>
public enum FeatureKind
{
    /// <summary>A real number; NaN means missing.</summary>
    Numeric,

    /// <summary>One of a set of names; null means missing.</summary>
    Categorical,
}
