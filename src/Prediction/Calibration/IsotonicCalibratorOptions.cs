namespace Noah.Prediction.Calibration;

/// <summary>How an <see cref="IsotonicCalibrator"/> is fitted.</summary>
public sealed record IsotonicCalibratorOptions
{
    /// <summary>Seed of the order of batches. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Passes over the rows. Default 30. At least 1.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Rows per step. Default 1,024. At least 1.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Adam's first rate, which falls linearly to 0. Default 0.02. In (0, 1].</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>
    /// Decay of the values' own curves towards the common one, per unit of rate. Default 0.1: a value with few rows stays near the rest.
    /// At least 0.
    /// </summary>
    public double Decay { get; init; } = 0.1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Decay);
        if (!(LearningRate is > 0 and <= 1) || !double.IsFinite(Decay))
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The rate must be in (0, 1] and the decay finite.");
        }
    }
}
