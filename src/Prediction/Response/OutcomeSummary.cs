using Noah.Prediction.Calibration;

namespace Noah.Prediction.Response;

/// <summary>One outcome of a trained response model.</summary>
/// <param name="Name">As in the options.</param>
/// <param name="Rows">Rows it was trained and validated on.</param>
/// <param name="Positives">Rows with label 1.</param>
/// <param name="Varies">False where all labels were equal: nothing was learnt and the prediction is one constant for all.</param>
/// <param name="Calibration">How its probabilities were calibrated.</param>
public sealed record OutcomeSummary(string Name, int Rows, int Positives, bool Varies, CalibrationKind Calibration);
