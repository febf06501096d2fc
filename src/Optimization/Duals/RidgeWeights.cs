using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// Weight of each edge in the smoothing: its own value, so that smoothing is relative. Values have heavy tails and prices err by a share of themselves: one
/// absolute width would blur the small values and leave the large ones sharp.
/// </summary>
internal sealed class RidgeWeights
{
    // Edges that are worth next to nothing still need some curvature.
    private const float LeastShare = 1e-2f;
    private const int SampledEdges = 1 << 14;

    private readonly float[] _values;
    private readonly float _least;

    public RidgeWeights(AllocationProgram program)
    {
        _values = program.ValueArray;
        var (sum, count, stride) = (0.0, 0, Math.Max(1, _values.Length / SampledEdges));
        for (var edge = 0; edge < _values.Length; edge += stride)
        {
            sum += Math.Abs(_values[edge]);
            count++;
        }

        _least = sum > 0 ? (float)(LeastShare * sum / count) : 1;
    }

    /// <summary>A positive number in the unit of the values.</summary>
    public float Of(int edge) => Math.Max(Math.Abs(_values[edge]), _least);
}
