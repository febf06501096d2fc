namespace Noah.Prediction.Training;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>The validation loss had not improved for the patience of the options.</summary>
    NoImprovement,

    /// <summary>The last allowed epoch was reached.</summary>
    EpochLimit,

    /// <summary>The loss was no longer a number, and smaller rates did not help. The best weights before are kept.</summary>
    Diverged,
}
