namespace Noah.Prediction.Serving;

/// <summary>The trunk of a network: relu layers, with gates where it has them.</summary>
internal sealed unsafe class CompiledTrunk
{
    private readonly (DenseLayer Layer, DenseLayer? Gate)[] _layers;

    public CompiledTrunk(int layers, bool isGated, WeightReader reader, ScoringPrecision precision) => _layers =
    [
        .. Enumerable.Range(0, layers).Select(l => (
            reader.Layer($"trunk.{l}.weight", $"trunk.{l}.bias", precision),
            isGated ? reader.Layer($"trunk.{l}.gate.weight", $"trunk.{l}.gate.bias", precision) : null)),
    ];

    public int Widest => _layers.Max(layer => layer.Layer.Written);

    /// <param name="tile">Its room.</param>
    /// <param name="input">Of the network.</param>
    /// <param name="output">[last width, as written][32].</param>
    public void Apply(LaneTile tile, LayerInput input, float* output)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            var (layer, gate) = _layers[l];
            // A layer can't be written where its input stands.
            float* target = l == _layers.Length - 1 ? output : l % 2 == 0 ? tile.Hidden : tile.Other;
            layer.Apply(input, target);
            LaneMath.Relu(target, layer.Outputs);
            if (gate is not null)
            {
                gate.Apply(tile.Read(target, layer.Outputs), tile.Mapped);
                LaneMath.Gate(target, tile.Mapped, layer.Outputs);
            }
            if (l < _layers.Length - 1)
            {
                input = tile.Read(target, layer.Outputs);
            }
        }
    }
}
