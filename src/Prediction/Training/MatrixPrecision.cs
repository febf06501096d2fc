namespace Noah.Prediction.Training;

/// <summary>How exactly matrix products of training are computed on a processor.</summary>
public enum MatrixPrecision
{
    /// <summary>In float32.</summary>
    Full,

    /// <summary>
    /// Factors rounded to bfloat16, sums in float32, by the processor's matrix instructions (avx512_bf16, amx_bf16). Falls back to full where
    /// processor or libtorch has none.
    /// </summary>
    Medium,
}
