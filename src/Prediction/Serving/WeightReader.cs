using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>The parameters of a trained network by their names in its layout.</summary>
internal sealed class WeightReader
{
    private readonly Dictionary<string, ParameterBlock> _blocks;

    /// <param name="blocks">Of the network's layout.</param>
    /// <param name="weights">The flat vector that they cut.</param>
    public WeightReader(IReadOnlyList<ParameterBlock> blocks, float[] weights)
    {
        _blocks = blocks.ToDictionary(block => block.Name, StringComparer.Ordinal);
        Weights = weights;
        if (weights.Length != blocks.Sum(block => (long)block.Length))
        {
            throw new ArgumentException($"There are {weights.Length} weights; the network has {blocks.Sum(block => (long)block.Length)}.", nameof(weights));
        }
    }

    public float[] Weights { get; }

    public ParameterBlock Block(string name) => _blocks.TryGetValue(name, out var block)
        ? block
        : throw new ArgumentException($"The network has no parameter '{name}'.", nameof(name));

    public ReadOnlySpan<float> this[string name] => Of(Block(name));

    /// <summary>The layer of that weight, which is [outputs × inputs], and that bias.</summary>
    public DenseLayer Layer(string weight, string? bias, ScoringPrecision precision) =>
        DenseLayer.Of(this[weight], bias is null ? default : this[bias], Block(weight).Shape[1], precision);

    private ReadOnlySpan<float> Of(ParameterBlock block) => Weights.AsSpan(block.Offset, block.Length);
}
