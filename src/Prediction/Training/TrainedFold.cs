using Noah.Prediction.Diagnostics;

namespace Noah.Prediction.Training;

/// <summary>The network fitted on all folds but one.</summary>
internal sealed record TrainedFold(
    float[] Weights, FoldReport Report, IReadOnlyList<TrainingProgress> Curve, IReadOnlyList<StabilityReading> Readings)
{
    /// <param name="state">Of a training that has ended.</param>
    /// <param name="fold">From 0.</param>
    /// <param name="trainingRows">Rows its weights were fitted on.</param>
    /// <param name="validationRows">Rows of the fold.</param>
    public static TrainedFold Of(FoldState state, int fold, int trainingRows, int validationRows) => new(
        state.Best, new FoldReport(fold + 1, trainingRows, validationRows, state.BestEpoch, state.Stopped!.Value), state.Curve,
        state.Readings);
}
