using System.Runtime.Intrinsics;

namespace Noah.Prediction.Serving;

/// <summary>
/// A layer in bytes: with weights s_o · q_ok and inputs lowest_r + step_r · u_rk the product is s_o (step_r Σ q u + lowest_r Σ q), whose first
/// sum is exact in 32 bits. Weights are kept block by block, [quads of inputs][outputs of the block][4].
/// </summary>
internal sealed unsafe class ByteLayer : DenseLayer
{
    /// <summary>More could bring a sum beyond 32 bits.</summary>
    public const int MostInputs = 65_536;

    public const int Quad = 4;
    private const float Most = 127f;

    private readonly PinnedBuffer _weights, _bias, _scale, _total;
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
        _total = new PinnedBuffer(Written * sizeof(float));
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
                float scale = largest / Most, total = 0;
                for (int k = 0; scale > 0 && k < inputs; k++)
                {
                    sbyte rounded = (sbyte)MathF.Round(row[k] / scale);
                    packed[(((k / Quad * size) + o - first) * Quad) + (k % Quad)] = rounded;
                    total += rounded;
                }
                _scale.Floats[o] = scale;
                _total.Floats[o] = total;
            }
        }
    }

    public static int QuadsOf(int inputs) => (inputs + Quad - 1) / Quad;

    public override void Apply(in LayerInput x, float* y)
    {
        sbyte* weights = (sbyte*)_weights.Start;
        for (int first = 0, size = Block; first < Written; first += size)
        {
            size = Written - first >= Block ? Block : LastBlock;
            for (int half = 0; half < Lanes.Rows; half += Lanes.Half)
            {
                byte* bytes = x.Bytes + (half * Quad);
                int* sums = x.Sums + half;
                if (size == Block)
                {
                    ByteKernel.Six(bytes, weights, _quads, sums);
                    ByteKernel.Six(bytes, weights + (Block / 2 * Quad), _quads, sums + (Block / 2 * Lanes.Rows));
                }
                else
                {
                    ByteKernel.Four(bytes, weights, _quads, sums);
                }
            }
            Scale(x, first, size, y + (first * Lanes.Rows));
            weights += size * _quads * Quad;
        }
        GC.KeepAlive(this);
    }

    private void Scale(in LayerInput x, int first, int size, float* y)
    {
        float* total = _total.Floats + first, scale = _scale.Floats + first, bias = _bias.Floats + first;
        for (int half = 0; half < Lanes.Rows; half += Lanes.Half)
        {
            Vector512<float> step = Vector512.Load(x.Step + half), lowest = Vector512.Load(x.Lowest + half);
            int* sums = x.Sums + half;
            float* target = y + half;
            for (int o = 0; o < size; o++, sums += Lanes.Rows, target += Lanes.Rows)
            {
                // In the halves in which they were written: a longer load would have to wait for both stores to reach the cache.
                var sum = Vector512.ConvertToSingle(Vector512.Create(Vector256.Load(sums), Vector256.Load(sums + Vector256<int>.Count)));
                var product = Vector512.FusedMultiplyAdd(step, sum, lowest * Vector512.Create(total[o]));
                Vector512.FusedMultiplyAdd(product, Vector512.Create(scale[o]), Vector512.Create(bias[o])).Store(target);
            }
        }
    }
}
