using System.Runtime.Intrinsics;

namespace Noah.Prediction.Serving;

/// <summary>A layer in 32-bit floating point. Weights are kept block by block, [inputs][outputs of the block], as the inner loops read them.</summary>
internal sealed unsafe class FloatLayer : DenseLayer
{
    private readonly PinnedBuffer _weights, _bias;
    private readonly bool _wide;

    public FloatLayer(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
        : this(weights, bias, inputs, Vector512.IsHardwareAccelerated)
    {
    }

    /// <param name="weights">[outputs × inputs], row-major.</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="inputs">Numbers per row.</param>
    /// <param name="wide">Whether vectors of 16 numbers are used: the same bits either way.</param>
    internal FloatLayer(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs, bool wide)
        : base(inputs, weights.Length / inputs)
    {
        _wide = wide;
        _weights = new PinnedBuffer((long)Written * inputs * sizeof(float));
        _bias = new PinnedBuffer(Written * sizeof(float));
        bias.CopyTo(new Span<float>(_bias.Floats, Written));
        foreach (var (first, size) in Blocks(Outputs))
        {
            float* packed = _weights.Floats + ((long)first * inputs);
            for (int o = first; o < Math.Min(first + size, Outputs); o++)
            {
                for (int k = 0; k < inputs; k++)
                {
                    packed[(k * size) + o - first] = weights[(o * inputs) + k];
                }
            }
        }
    }

    public override void Apply(in LayerInput x, float* y)
    {
        float* weights = _weights.Floats, bias = _bias.Floats;
        int left = Written;
        for (; left >= Block; left -= Block, weights += Block * Inputs, bias += Block, y += Block * Lanes.Rows)
        {
            if (_wide)
            {
                FloatKernel512.Twelve(x.Values, weights, bias, Inputs, y);
            }
            else
            {
                Halves(x.Values, weights, bias, y);
            }
        }
        for (; left > 0; left -= LastBlock, weights += LastBlock * Inputs, bias += LastBlock, y += LastBlock * Lanes.Rows)
        {
            if (_wide)
            {
                FloatKernel512.Four(x.Values, weights, bias, Inputs, y);
            }
            else
            {
                FloatKernel256.Four(x.Values, weights, bias, Inputs, y);
                FloatKernel256.Four(x.Values + Lanes.Half, weights, bias, Inputs, y + Lanes.Half);
            }
        }
        GC.KeepAlive(this);
    }

    private void Halves(float* x, float* weights, float* bias, float* y)
    {
        const int Six = Block / 2;
        for (int half = 0; half < Lanes.Rows; half += Lanes.Half)
        {
            FloatKernel256.Six(x + half, weights, bias, Inputs, y + half);
            FloatKernel256.Six(x + half, weights + Six, bias + Six, Inputs, y + (Six * Lanes.Rows) + half);
        }
    }
}
