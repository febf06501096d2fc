namespace Noah.Prediction.Features;

/// <summary>How the values of a feature are to be read.</summary>
public enum FeatureKind
{
    /// <summary>A real number; NaN means missing.</summary>
    Numeric,

    /// <summary>One of a set of names; null means missing.</summary>
    Categorical,

    /// <summary>Any number of names, as the categories bought from; null means missing, which is not the empty set.</summary>
    MultiValued,

    /// <summary>A moment on a circle, as the hour of a day; NaN means missing.</summary>
    Cyclic,
}
