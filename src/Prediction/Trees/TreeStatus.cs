namespace Noah.Prediction.Trees;

/// <summary>How a fit of boosted trees ended.</summary>
public enum TreeStatus
{
    /// <summary>The model has at least one tree that splits.</summary>
    Trained,

    /// <summary>All labels are equal, or only one class is there: the model is that constant (a rate kept away from 0 and 1).</summary>
    OneLabel,

    /// <summary>No split helped: constant columns, too few rows for two leaves, or features that say nothing. The model is the mean.</summary>
    NoUsefulSplit,

    /// <summary>There is no row with a weight above 0: no model.</summary>
    NoRows,
}
