namespace Noah.Prediction.Training;

/// <summary>Where tensors live.</summary>
public enum ComputeDevice
{
    /// <summary>The first CUDA device where there is one, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,
}
