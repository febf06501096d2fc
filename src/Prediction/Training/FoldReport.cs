namespace Noah.Prediction.Training;

/// <summary>How the network judged on one fold came about.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="TrainingRows">Rows its weights were fitted on.</param>
/// <param name="ValidationRows">Rows of the fold, on which it was stopped and its predictions were calibrated.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 1; 0 where the starting weights were never beaten.</param>
/// <param name="Stopped">Why it ended.</param>
public sealed record FoldReport(int Fold, int TrainingRows, int ValidationRows, int BestEpoch, StopReason Stopped);
