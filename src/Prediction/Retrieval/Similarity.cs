namespace Noah.Prediction.Retrieval;

/// <summary>What a score of an <see cref="ExactIndex"/> measures.</summary>
public enum Similarity
{
    /// <summary>Cosine of the angle, in [-1, 1]; 0 where a vector is zero.</summary>
    Cosine,

    /// <summary>Inner product, unbounded.</summary>
    InnerProduct,
}
