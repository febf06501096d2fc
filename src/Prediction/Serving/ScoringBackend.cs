namespace Noah.Prediction.Serving;

/// <summary>What runs the networks of a model when it scores.</summary>
public enum ScoringBackend
{
    /// <summary>Own vector code on the processor: no native library, no native memory, the same bits for any cut of the rows.</summary>
    Compiled,

    /// <summary>libtorch, on the device of the training options: for a graphics processor, and as a yardstick.</summary>
    Torch,
}
