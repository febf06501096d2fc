namespace Noah.Prediction.Artifacts;

/// <summary>How a model's file keeps weights.</summary>
public enum WeightPrecision
{
    /// <summary>32-bit floats: the default; the model reads back to the same bits.</summary>
    Full,

    /// <summary>
    /// Rows of embedding tables as 8-bit whole numbers with a middle and a scale each (LiRank's middle-max quantisation, arXiv 2402.06859),
    /// the rest as 32-bit floats: a table of width 16 shrinks to 0.375 of its size.
    /// </summary>
    Int8Rows,
}
