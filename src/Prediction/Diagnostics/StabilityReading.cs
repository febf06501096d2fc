using System.Globalization;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// The rate of a training against the curvature where it stands (arXiv 2401.12332): Gauss-Newton curvature of the loss on a fixed sample
/// of training rows, seen through the optimiser's preconditioner.
/// </summary>
public sealed record StabilityReading
{
    /// <summary>The network being trained, from 1.</summary>
    public required int Fold { get; init; }

    /// <summary>The epoch it was taken after; 0 before the first step.</summary>
    public required int Epoch { get; init; }

    /// <summary>The rate used in that epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>λ₁, the largest eigenvalue of the mean curvature; null where it could not be computed, as when weights overflowed.</summary>
    public required double? Sharpness { get; init; }

    /// <summary>
    /// σ in [1, training rows]: 1 where the examples' curvatures share no direction, the number of rows where they share all. Measured on
    /// the sample and carried over to all rows. Null with <see cref="Sharpness"/>.
    /// </summary>
    public required double? Coherence { get; init; }

    /// <summary>The rate of <see cref="StabilityBounds.SafeRate"/>. Null with <see cref="Sharpness"/>.</summary>
    public required double? SafeRate { get; init; }

    /// <summary>The rate of <see cref="StabilityBounds.DivergentRate"/>. Null with <see cref="Sharpness"/>.</summary>
    public required double? DivergentRate { get; init; }

    /// <summary>Where the rate lies; unstable where the curvature or the loss is not a number.</summary>
    public required StabilityState State { get; init; }

    /// <summary>
    /// Whether it is a warning: the rate is unstable, and before the first step, or twice too high, or the training loss rose with it. The
    /// theory holds near a minimum; away from one a loss may fall at such a rate, so later readings need that second sign. A training loss a
    /// tenth above that of the untrained network is a warning by itself.
    /// </summary>
    public required bool IsAlarm { get; init; }

    /// <summary>The rate after it: lower where the trainer reacted.</summary>
    public required double NextLearningRate { get; init; }

    /// <summary>The reading in one sentence with its numbers, for logs and model cards.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Network {Fold}, epoch {Epoch}: the learning rate {LearningRate:G4} is {Place()}{Sign()}{Reaction()}.");

    private string Place() => DivergentRate is { } divergent
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{State.ToString().ToLowerInvariant()}, {LearningRate / divergent:G3} times the divergent rate {divergent:G4} (sharpness {Sharpness:G4}, coherence {Coherence:G4})")
        : "unstable, the loss or its curvature is not a number";

    private string Sign() => IsAlarm && State != StabilityState.Unstable ? ", and the training loss is above that of the untrained network" : "";

    private string Reaction() => NextLearningRate < LearningRate
        ? string.Create(CultureInfo.InvariantCulture, $"; training went back and on at {NextLearningRate:G4}")
        : "";
}
