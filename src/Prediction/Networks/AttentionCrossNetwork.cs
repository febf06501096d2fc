using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// The attention half of LiRank's Residual DCN (arXiv 2402.06859): the low-rank map V is copied into query, key and value, and
/// x ← x0 * (U (v + g · softmax(q kᵀ / (t √s)) v) + b) + x, with the skip around the attention between V and U. Without attention (g = 0,
/// where it starts) it is a plain cross layer.
/// </summary>
/// <remarks>
/// Departure: the rank is read as <see cref="MostTokens"/> tokens of s numbers, not as one number each. At rank 64 that makes 16 scores a row
/// instead of 4,096, which would cost more than all the rest of the network.
/// </remarks>
internal sealed class AttentionCrossNetwork
{
    public const int MostTokens = 4;

    private readonly int[] _layers;
    private readonly AttentionMix _mix;

    public AttentionCrossNetwork(NetworkShape shape, ParameterLayout layout)
    {
        int tokens = Enumerable.Range(1, MostTokens).Last(count => shape.CrossRank % count == 0), width = shape.CrossRank / tokens;
        _mix = new AttentionMix(tokens, width, 1 / (shape.AttentionTemperature * Math.Sqrt(width)));
        double down = CrossNetwork.StartGain / Math.Sqrt(shape.InputWidth), up = CrossNetwork.StartGain / Math.Sqrt(shape.CrossRank);
        _layers =
        [
            .. Enumerable.Range(0, shape.CrossLayers).Select(l =>
            {
                int first = layout.Add($"attention.{l}.down", ParameterRole.Weight, down, 3 * shape.CrossRank, shape.InputWidth);
                layout.Add($"attention.{l}.up", ParameterRole.Weight, up, shape.InputWidth, shape.CrossRank);
                layout.Add($"attention.{l}.bias", ParameterRole.Bias, 0, shape.InputWidth);
                layout.Add($"attention.{l}.scale", ParameterRole.Bias, 0, 1);
                return first;
            }),
        ];
    }

    /// <summary>A pass through it with its gradients written out.</summary>
    public CrossPass Pass() => new(_layers, _mix);

    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, input).</returns>
    public Tensor Apply(Tensor[] parameters, Tensor input)
    {
        var cross = input;
        foreach (int layer in _layers)
        {
            var gain = LayerTape.Spread(parameters[layer + 3], input.size(0));
            var mixed = _mix.Apply(LayerTape.Linear(cross, parameters[layer]), gain); // (batch, rank)
            cross = cross.addcmul(input, LayerTape.Linear(mixed, parameters[layer + 1], parameters[layer + 2]), Scalars.One); // (batch, input)
        }
        return cross;
    }
}
