namespace Noah.Prediction.Trees;

/// <summary>A column that deserves a look.</summary>
/// <param name="Column">Name of the feature, or "label".</param>
/// <param name="Condition">What is odd about it.</param>
public sealed record ColumnWarning(string Column, ColumnCondition Condition);
