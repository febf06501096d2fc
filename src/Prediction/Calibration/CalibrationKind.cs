namespace Noah.Prediction.Calibration;

/// <summary>How raw network outputs became calibrated ones.</summary>
public enum CalibrationKind
{
    /// <summary>The outcome does not vary in the training data: one constant.</summary>
    None,

    /// <summary>One factor makes the totals match: too few positives for a curve.</summary>
    Level,

    /// <summary>A rising curve: isotonic regression.</summary>
    Isotonic,
}
