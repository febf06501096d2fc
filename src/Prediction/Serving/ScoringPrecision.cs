namespace Noah.Prediction.Serving;

/// <summary>In what numbers the layers of a network are multiplied.</summary>
public enum ScoringPrecision
{
    /// <summary>32-bit floating point: within 1e-4 of libtorch on the scale of log odds.</summary>
    Full,

    /// <summary>
    /// 8-bit integers: weights with a scale for each output, activations with range and offset of each row, sums exact in 32 bits; tables,
    /// crossings and heads stay in 32-bit floating point. Log odds move by about 0.01 on average.
    /// </summary>
    Reduced,
}
