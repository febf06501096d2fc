namespace Noah.Prediction.Serving;

/// <summary>What a layer reads of 32 rows, in both forms; the quantised one is there only where bytes are multiplied.</summary>
internal readonly unsafe struct LayerInput
{
    /// <summary>[inputs][32].</summary>
    public float* Values { get; init; }

    /// <summary>[quads of inputs][32][4]: value ≈ Lowest + Step · byte.</summary>
    public byte* Bytes { get; init; }

    /// <summary>[32].</summary>
    public float* Lowest { get; init; }

    /// <summary>[32].</summary>
    public float* Step { get; init; }

    /// <summary>[12][32], room for the sums of one block of outputs.</summary>
    public int* Sums { get; init; }
}
