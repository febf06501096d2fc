using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Delay;

/// <summary>Outcome of <see cref="DelayBacktest.Run"/>.</summary>
public sealed record DelayBacktestResult
{
    /// <summary>How it ended.</summary>
    public required DelayBacktestStatus Status { get; init; }

    /// <summary>What to use: the correction only where it was compared and won; else nothing is corrected.</summary>
    public required DelayCorrection Choice { get; init; }

    /// <summary>Without correction, on rows whose window has passed; null unless compared.</summary>
    public required BinaryMetrics? Uncorrected { get; init; }

    /// <summary>With correction, on the same rows; null unless compared.</summary>
    public required BinaryMetrics? Corrected { get; init; }

    /// <summary>Mean log loss without minus with correction: above 0 the correction is better; null unless compared.</summary>
    public required double? LogLossGain { get; init; }

    /// <summary>Standard error of the gain over rows; null unless compared.</summary>
    public required double? GainStandardError { get; init; }
}
