namespace Noah.Prediction.Serving;

/// <summary>y = W x + b for 32 rows at a time. Immutable.</summary>
internal abstract unsafe class DenseLayer
{
    /// <summary>Outputs are taken in blocks of 12, then of 4, for which there are inner loops.</summary>
    protected const int Block = 12, LastBlock = 4;

    protected DenseLayer(int inputs, int outputs) => (Inputs, Outputs) = (inputs, outputs);

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Outputs that <see cref="Apply"/> writes: those beyond <see cref="Outputs"/> mean nothing.</summary>
    public int Written => WrittenOf(Outputs);

    public static int WrittenOf(int outputs) => (outputs + LastBlock - 1) / LastBlock * LastBlock;

    /// <param name="weights">[outputs × inputs], row-major.</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="inputs">Numbers per row.</param>
    /// <param name="precision">In what numbers they are multiplied.</param>
    public static DenseLayer Of(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs, ScoringPrecision precision) =>
        precision == ScoringPrecision.Full || inputs > ByteLayer.MostInputs
            ? new FloatLayer(weights, bias, inputs)
            : new ByteLayer(weights, bias, inputs);

    /// <param name="x">[inputs][32].</param>
    /// <param name="y">[written][32].</param>
    public abstract void Apply(in LayerInput x, float* y);

    /// <summary>The blocks of outputs: where each begins and how many it has.</summary>
    protected static IEnumerable<(int First, int Size)> Blocks(int outputs)
    {
        int written = WrittenOf(outputs), first = 0;
        for (; first + Block <= written; first += Block)
        {
            yield return (first, Block);
        }
        for (; first < written; first += LastBlock)
        {
            yield return (first, LastBlock);
        }
    }
}
