namespace Noah.Prediction.Trees;

/// <summary>Rows that stop training and rows that train, where they are not drawn at random.</summary>
internal sealed record StoppingPart(int[] Validation, int[] Training);
