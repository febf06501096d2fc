using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>
/// The multilayer trunk. With dense gating each layer is multiplied by a gate read from its own output, h * sigmoid(G h + g) (GateNet;
/// LiRank).
/// </summary>
internal sealed class Trunk
{
    private readonly int[] _layers;
    private readonly bool _gated;

    public Trunk(NetworkShape shape, ParameterLayout layout)
    {
        _gated = shape.DenseGating;
        _layers = new int[shape.Hidden.Length];
        for (int l = 0, width = shape.InputWidth; l < _layers.Length; width = shape.Hidden[l++])
        {
            // He normal: variance 2 / inputs (He et al. 2015).
            _layers[l] = layout.Add($"trunk.{l}.weight", ParameterRole.Weight, Math.Sqrt(2.0 / width), shape.Hidden[l], width);
            layout.Add($"trunk.{l}.bias", ParameterRole.Bias, 0, shape.Hidden[l]);
            if (_gated)
            {
                double gate = 1 / Math.Sqrt(shape.Hidden[l]);
                layout.Add($"trunk.{l}.gate.weight", ParameterRole.Weight, gate, shape.Hidden[l], shape.Hidden[l]);
                // A sigmoid at 0 would halve the signal in every layer.
                layout.AddAround($"trunk.{l}.gate.bias", ParameterRole.Bias, 0, 2.0, shape.Hidden[l]);
            }
        }
    }

    /// <summary>
    /// The same past the tape, with sums in place: products without a sum are those that <see cref="MatrixPrecision.Medium"/> reaches.
    /// </summary>
    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, last hidden width).</returns>
    public Tensor ApplyInPlace(Tensor[] parameters, Tensor input)
    {
        var hidden = input;
        foreach (int layer in _layers)
        {
            hidden = hidden.mm(parameters[layer].t()).add_(parameters[layer + 1], Scalars.One).relu_(); // (batch, hidden)
            hidden = _gated ? hidden * hidden.mm(parameters[layer + 2].t()).add_(parameters[layer + 3], Scalars.One).sigmoid() : hidden;
        }
        return hidden;
    }

    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, last hidden width).</returns>
    public Tensor Apply(Tensor[] parameters, Tensor input)
    {
        var hidden = input;
        foreach (int layer in _layers)
        {
            hidden = relu(LayerTape.Linear(hidden, parameters[layer], parameters[layer + 1])); // (batch, hidden)
            hidden = _gated ? hidden * LayerTape.Linear(hidden, parameters[layer + 2], parameters[layer + 3]).sigmoid() : hidden;
        }
        return hidden;
    }
}
