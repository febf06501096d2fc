namespace Noah.Prediction.Retrieval;

/// <summary>A row that audience expansion proposes.</summary>
/// <param name="Row">Row number.</param>
/// <param name="Score">Mean similarity to its nearest seeds.</param>
/// <param name="NearestSeed">Row number of the most similar seed: the answer to "why this member?".</param>
public readonly record struct ExpandedRow(int Row, float Score, int NearestSeed);
