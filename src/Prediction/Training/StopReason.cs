namespace Noah.Prediction.Training;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>The validation loss had not improved for the patience of the options.</summary>
    NoImprovement,

    /// <summary>The last allowed epoch was reached.</summary>
    EpochLimit,
}
