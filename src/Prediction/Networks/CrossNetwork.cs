using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>Low-rank cross layers of DCNv2: x ← x0 * (U V x + b) + x (Wang et al., WWW 2021, in the form of LiRank).</summary>
internal sealed class CrossNetwork
{
    // A cross layer multiplies its input by itself: it starts close to the identity.
    public const double StartGain = 0.3;

    private readonly int[] _layers;

    public CrossNetwork(NetworkShape shape, ParameterLayout layout) => _layers =
    [
        .. Enumerable.Range(0, shape.CrossLayers).Select(l =>
        {
            int first = layout.Add(
                $"cross.{l}.down", ParameterRole.Weight, StartGain / Math.Sqrt(shape.InputWidth), shape.CrossRank, shape.InputWidth);
            layout.Add($"cross.{l}.up", ParameterRole.Weight, StartGain / Math.Sqrt(shape.CrossRank), shape.InputWidth, shape.CrossRank);
            layout.Add($"cross.{l}.bias", ParameterRole.Bias, 0, shape.InputWidth);
            return first;
        }),
    ];

    /// <summary>A pass through it with its gradients written out.</summary>
    public CrossPass Pass() => new(_layers, mix: null);

    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, input).</returns>
    public Tensor Apply(Tensor[] parameters, Tensor input)
    {
        var cross = input;
        foreach (int layer in _layers)
        {
            var low = LayerTape.Linear(cross, parameters[layer]); // (batch, rank)
            cross = cross.addcmul(input, LayerTape.Linear(low, parameters[layer + 1], parameters[layer + 2]), Scalars.One); // (batch, input)
        }
        return cross;
    }
}
