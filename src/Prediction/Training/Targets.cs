using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>What the outputs for a batch are made of and judged by, on the device.</summary>
/// <param name="ActionMask">(batch, actions − 1).</param>
/// <param name="Labels">(batch, outcomes).</param>
/// <param name="Codes">(batch, categorical), int64, of which calibration curves read; null where there are none.</param>
internal sealed record Targets(Tensor ActionMask, Tensor Labels, Tensor? Codes)
{
    /// <summary>Consecutive rows of it, as views.</summary>
    public Targets Slice(long first, long count) =>
        new(ActionMask.narrow(0, first, count), Labels.narrow(0, first, count), Codes?.narrow(0, first, count));
}
