using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>What the outputs for a batch are made of and judged by, on the device.</summary>
/// <param name="ActionMask">(batch, actions − 1).</param>
/// <param name="Labels">(batch, outcomes).</param>
/// <param name="Codes">(batch, categorical), int64, of which calibration curves read; null where there are none.</param>
internal sealed record Targets(Tensor ActionMask, Tensor Labels, Tensor? Codes);
