namespace Noah.Prediction.Delay;

/// <summary>How a <see cref="DelayBacktest"/> ended.</summary>
public enum DelayBacktestStatus
{
    /// <summary>Both ways were tried on the past.</summary>
    Compared,

    /// <summary>The log does not reach back far enough to train, wait for the window and judge.</summary>
    LogTooShort,

    /// <summary>Fewer than <see cref="DelayBacktest.MinConversions"/> conversions to learn from, or to judge by.</summary>
    TooFewConversions,
}
