namespace Noah.Prediction.Retrieval;

/// <summary>A row found by <see cref="ExactIndex"/>.</summary>
/// <param name="Row">Row number.</param>
/// <param name="Score">Similarity to the query.</param>
public readonly record struct Neighbor(int Row, float Score);
