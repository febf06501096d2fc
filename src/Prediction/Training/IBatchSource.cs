using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Where a trainer takes its batches from; tensors live in the caller's dispose scope.</summary>
internal interface IBatchSource
{
    Device Device { get; }

    /// <summary>The rows of these numbers, in their order.</summary>
    Batch Pick(ReadOnlySpan<int> rows);
}
