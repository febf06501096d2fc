namespace Noah.Prediction.Training;

/// <summary>How the rows of embedding tables are stepped.</summary>
public enum EmbeddingOptimizer
{
    /// <summary>Row-wise where the tables have more than 10,000 rows together, else Adam.</summary>
    Auto,

    /// <summary>Adam on every row at every step, like all other weights: best where every row is met in most batches.</summary>
    Adam,

    /// <summary>
    /// Adagrad with one accumulator a row (Mudigere et al., ISCA 2022) on the rows that a batch touches: the cost of a step does not grow with the
    /// vocabulary. No decay.
    /// </summary>
    RowWise,
}
