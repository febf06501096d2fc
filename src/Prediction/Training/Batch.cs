using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Rows of the data on the device.</summary>
/// <param name="Numeric">(batch, numeric).</param>
/// <param name="Codes">(batch, categorical), int64.</param>
/// <param name="ActionMask">(batch, actions − 1).</param>
/// <param name="Labels">(batch, outcomes).</param>
internal sealed record Batch(Tensor Numeric, Tensor Codes, Tensor ActionMask, Tensor Labels)
{
    /// <summary>Consecutive rows of it, as views.</summary>
    public Batch Slice(int first, int count) => new(
        Numeric.narrow(0, first, count), Codes.narrow(0, first, count), ActionMask.narrow(0, first, count), Labels.narrow(0, first, count));
}
