namespace Noah.Prediction.Serving;

/// <summary>What a layer reads of the first group of 32 rows, in both forms; the others stand a tile's stride behind; the quantised one is there only where bytes are multiplied.</summary>
internal readonly unsafe struct LayerInput
{
    /// <summary>[inputs][32].</summary>
    public float* Values { get; init; }

    /// <summary>[quads of inputs][32][4]: value ≈ Step · (byte − 128).</summary>
    public byte* Bytes { get; init; }

    /// <summary>[32].</summary>
    public float* Step { get; init; }
}
