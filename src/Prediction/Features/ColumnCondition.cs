namespace Noah.Prediction.Features;

/// <summary>What is odd about a column.</summary>
public enum ColumnCondition
{
    /// <summary>One value in all rows: it can take no part.</summary>
    Constant,

    /// <summary>Missing in all rows: it can take no part.</summary>
    Empty,

    /// <summary>
    /// A value further than 1,000,000 robust deviations from the median, most likely a fault of the data. Splits of trees go by order, and
    /// networks read numbers cut to 10 deviations: neither is moved by it. Labels of squared error are.
    /// </summary>
    Outlier,

    /// <summary>
    /// More names than are kept, or than can be counted exactly, or more rows with rare names than with kept ones: most likely an
    /// identifier.
    /// </summary>
    HighCardinality,

    /// <summary>An outcome that is the same in all rows: there is nothing to learn, and the prediction is one constant for all.</summary>
    OneClass,

    /// <summary>Names that training saw too seldom to keep, or never; they are read as rare.</summary>
    UnseenNames,

    /// <summary>Values are missing that never were in training; they are read as the middle one, without a mark.</summary>
    UnseenMissing,
}
