using Noah.Prediction.Training;

namespace Noah.Prediction.Diagnostics;

/// <summary>How one optimiser fared in an <see cref="OptimizerTrial"/>.</summary>
/// <param name="Weights">The last weights that gave a loss, (parameters).</param>
/// <param name="Probabilities">[rows] of the trial's table, at these weights, uncalibrated, in [0, 1].</param>
/// <param name="Curve">One point per epoch that ended with a loss; losses in nats per row.</param>
/// <param name="Readings">Of the rate against the curvature.</param>
/// <param name="Last">
/// Curvature at the last weights as plain descent meets it, without a preconditioner; null where it could not be computed.
/// </param>
/// <param name="Diverged">Whether the loss was no longer a number, whatever the watch did.</param>
public sealed record TrialResult(
    float[] Weights, float[] Probabilities, IReadOnlyList<TrainingProgress> Curve, IReadOnlyList<StabilityReading> Readings,
    StabilityBounds? Last, bool Diverged);
