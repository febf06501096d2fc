namespace Noah.Prediction.Serving;

/// <summary>
/// A layer in bytes: with weights s_o · q_ok and inputs d_r (u_rk − 128) the product is s_o d_r (Σ q u − 128 Σ q), whose sums are exact in 32
/// bits; the second is where the first begins. Weights are kept block by block, [quads of inputs][outputs of the block][4].
/// </summary>
internal sealed unsafe class ByteLayer : DenseLayer
{
    /// <summary>More could bring a sum beyond 32 bits.</summary>
    public const int MostInputs = 65_536;

    public const int Quad = 4;

    /// <summary>The byte of 0.</summary>
    public const int Zero = 128;

    private const float Most = 127f;

    private readonly PinnedBuffer _weights, _bias, _scale, _start;
    private readonly int _quads;

    /// <param name="weights">[outputs × inputs], row-major.</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="inputs">Numbers per row, at most <see cref="MostInputs"/>.</param>
    public ByteLayer(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
        : base(inputs, weights.Length / inputs)
    {
        _quads = QuadsOf(inputs);
        _weights = new PinnedBuffer((long)Written * _quads * Quad);
        _bias = new PinnedBuffer(Written * sizeof(float));
        _scale = new PinnedBuffer(Written * sizeof(float));
        _start = new PinnedBuffer(Written * sizeof(int));
        bias.CopyTo(new Span<float>(_bias.Floats, Written));
        foreach (var (first, size) in Blocks(Outputs))
        {
            sbyte* packed = (sbyte*)_weights.Start + ((long)first * _quads * Quad);
            for (int o = first; o < Math.Min(first + size, Outputs); o++)
            {
                var row = weights.Slice(o * inputs, inputs);
                float largest = 0;
                foreach (float weight in row)
                {
                    largest = Math.Max(largest, Math.Abs(weight));
                }
                float scale = largest / Most;
                int total = 0;
                for (int k = 0; scale > 0 && k < inputs; k++)
                {
                    sbyte rounded = (sbyte)MathF.Round(row[k] / scale);
                    packed[(((k / Quad * size) + o - first) * Quad) + (k % Quad)] = rounded;
                    total += rounded;
                }
                _scale.Floats[o] = scale;
                ((int*)_start.Start)[o] = -Zero * total;
            }
        }
    }

    public static int QuadsOf(int inputs) => (inputs + Quad - 1) / Quad;

    public override void Apply(LaneTile tile, in LayerInput x, float* y)
    {
        sbyte* weights = (sbyte*)_weights.Start;
        for (int first = 0, size; first < Written; first += size, weights += size * _quads * Quad, y += size * Lanes.Rows)
        {
            size = Written - first >= Block ? Block : LastBlock;
            for (long group = 0; group < tile.End; group += tile.Stride)
            {
                Apply(x.Bytes + (group * sizeof(float)), x.Step + group, weights, first, size, y + group);
            }
        }
        GC.KeepAlive(this);
    }

    private void Apply(byte* bytes, float* step, sbyte* weights, int first, int size, float* y)
    {
        const int Six = Block / 2;
        int* start = (int*)_start.Start + first;
        float* scale = _scale.Floats + first, bias = _bias.Floats + first;
        for (int half = 0; half < Lanes.Rows; half += Lanes.Half, bytes += Lanes.Half * Quad, step += Lanes.Half, y += Lanes.Half)
        {
            if (size == Block)
            {
                ByteKernel.Six(bytes, weights, _quads, start, scale, bias, step, y);
                ByteKernel.Six(bytes, weights + (Six * Quad), _quads, start + Six, scale + Six, bias + Six, step, y + (Six * Lanes.Rows));
            }
            else
            {
                ByteKernel.Four(bytes, weights, _quads, start, scale, bias, step, y);
            }
        }
    }
}
