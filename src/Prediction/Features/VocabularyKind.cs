namespace Noah.Prediction.Features;

/// <summary>How the names of a categorical feature become codes.</summary>
public enum VocabularyKind
{
    /// <summary>A code for each name that training saw often enough; the rest share one.</summary>
    Full,

    /// <summary>The name's hash modulo a fixed number of codes: no list of names, and names that meet share a code.</summary>
    Hashed,

    /// <summary>
    /// LiRank's compression (arXiv 2402.06859): the 64 bits of the hash are cut into quotient and remainder by 2³², each with codes of
    /// its own, whose embeddings are added. Names share an embedding only where both meet: with half of the codes each, n codes tell n²/4
    /// names apart.
    /// </summary>
    QuotientRemainder,
}
