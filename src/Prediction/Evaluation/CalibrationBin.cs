namespace Noah.Prediction.Evaluation;

/// <summary>One point of a calibration plot: a bin of rows with neighbouring predictions.</summary>
/// <param name="Rows">Rows in the bin.</param>
/// <param name="Lowest">Smallest predicted probability, in [0, 1].</param>
/// <param name="Highest">Largest predicted probability, in [0, 1].</param>
/// <param name="MeanPredicted">Mean predicted probability, in [0, 1].</param>
/// <param name="ObservedRate">Share of positives, in [0, 1].</param>
public sealed record CalibrationBin(int Rows, double Lowest, double Highest, double MeanPredicted, double ObservedRate);
