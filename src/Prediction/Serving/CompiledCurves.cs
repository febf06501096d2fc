using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>The calibration curves of <see cref="IsotonicLayer"/>, a row at a time: its slopes once, then a piece of a line for each action.</summary>
internal sealed class CompiledCurves
{
    private const int Pieces = IsotonicLayer.Pieces;
    private const float Lowest = IsotonicLayer.Lowest, Step = IsotonicLayer.Step, SmallestSlope = IsotonicLayer.SmallestSlope;

    private readonly float[] _weights;
    private readonly int[] _columns, _embeddings;
    private readonly int _heads, _slopes, _bias;

    public CompiledCurves(NetworkShape shape, int[] columns, WeightReader reader)
    {
        _columns = columns;
        _heads = shape.Heads;
        _weights = reader.Weights;
        _slopes = reader.Block("curve.slopes").Offset;
        _bias = reader.Block("curve.bias").Offset;
        _embeddings = [.. columns.Select((_, f) => reader.Block($"curve.embedding.{f}").Offset)];
    }

    /// <param name="rows">Where the row's codes are.</param>
    /// <param name="row">Which one.</param>
    /// <param name="outputs">[any number of actions × heads], replaced by their calibrated values.</param>
    public void Apply(EncodedBatch rows, int row, Span<float> outputs)
    {
        Span<float> slopes = stackalloc float[Pieces], heights = stackalloc float[Pieces];
        for (int head = 0; head < _heads; head++)
        {
            float bias = _weights[_bias + head] + Lowest, height = 0;
            _weights.AsSpan(_slopes + (head * Pieces), Pieces).CopyTo(slopes);
            for (int f = 0; f < _columns.Length; f++)
            {
                int code = rows.Codes[(row * rows.CategoricalWidth) + _columns[f]];
                var embedding = _weights.AsSpan(_embeddings[f] + (((code * _heads) + head) * (Pieces + 1)), Pieces + 1);
                for (int piece = 0; piece < Pieces; piece++)
                {
                    slopes[piece] += embedding[piece];
                }
                bias += embedding[Pieces];
            }
            for (int piece = 0; piece < Pieces; piece++)
            {
                slopes[piece] = Math.Max(slopes[piece], 0) + SmallestSlope;
                heights[piece] = height;
                height += slopes[piece] * Step;
            }
            for (int at = head; at < outputs.Length; at += _heads)
            {
                float beyond = outputs[at] - Lowest;
                int piece = Math.Clamp((int)(beyond / Step), 0, Pieces - 1);
                outputs[at] = heights[piece] + (slopes[piece] * (beyond - (piece * Step))) + bias;
            }
        }
    }
}
