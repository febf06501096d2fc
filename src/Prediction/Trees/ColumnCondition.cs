namespace Noah.Prediction.Trees;

/// <summary>What is odd about a column.</summary>
public enum ColumnCondition
{
    /// <summary>One value in all rows: it can take no part.</summary>
    Constant,

    /// <summary>Missing in all rows: it can take no part.</summary>
    Empty,

    /// <summary>
    /// A value further than 1,000 times the 1 %–99 % range from the median, most likely a fault of the data. Splits go by order and are not
    /// moved by it; labels of squared error are.
    /// </summary>
    Outlier,
}
