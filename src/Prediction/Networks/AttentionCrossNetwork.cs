using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

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
    private readonly int _tokens, _width;
    private readonly double _temperature;

    public AttentionCrossNetwork(NetworkShape shape, ParameterLayout layout)
    {
        _tokens = Enumerable.Range(1, MostTokens).Last(tokens => shape.CrossRank % tokens == 0);
        _width = shape.CrossRank / _tokens;
        _temperature = shape.AttentionTemperature;
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

    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, input).</returns>
    public Tensor Apply(Tensor[] parameters, Tensor input)
    {
        using Scalar scale = 1 / (_temperature * Math.Sqrt(_width));
        var cross = input;
        foreach (int layer in _layers)
        {
            var mapped = LayerTape.Linear(cross, parameters[layer]).view(-1, 3, _tokens, _width); // (batch, 3, tokens, width)
            Tensor query = mapped.select(1, 0), key = mapped.select(1, 1), value = mapped.select(1, 2); // (batch, tokens, width)
            var attention = softmax(query.bmm(key.transpose(1, 2)).mul(scale), -1); // (batch, tokens, tokens)
            var mixed = attention.bmm(value).mul(parameters[layer + 3]).Plus(value).reshape(-1, _tokens * _width); // (batch, rank)
            cross = cross.addcmul(input, LayerTape.Linear(mixed, parameters[layer + 1], parameters[layer + 2]), Scalars.One); // (batch, input)
        }
        return cross;
    }
}
