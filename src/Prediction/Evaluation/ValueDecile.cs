namespace Noah.Prediction.Evaluation;

/// <summary>A tenth of the rows by predicted mean.</summary>
/// <param name="Decile">1 = lowest predictions, 10 = highest.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="MeanPredicted">Mean of the predicted means, in the currency of training.</param>
/// <param name="MeanActual">Mean of the actual amounts, same unit.</param>
public sealed record ValueDecile(int Decile, int Rows, double MeanPredicted, double MeanActual);
