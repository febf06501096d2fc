using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>
/// The heads of a network, in 32-bit floating point whatever its layers are in: base(z) + [a ≠ none] · effect_a(z). A head's sum runs over
/// the representation in order, alone or beside others, so that one action has the same bits as all of them.
/// </summary>
internal sealed unsafe class CompiledHeads
{
    private readonly DenseLayer _base;
    private readonly DenseLayer[] _effects;
    private readonly DenseLayer? _allEffects;
    private readonly int _heads;

    public CompiledHeads(NetworkShape shape, WeightReader reader)
    {
        _heads = shape.Heads;
        Width = shape.RepresentationWidth;
        _base = reader.Layer("head.weight", "head.bias", ScoringPrecision.Full);
        _allEffects = shape.Actions > 1 ? reader.Layer("effect.weight", "effect.bias", ScoringPrecision.Full) : null;
        _effects =
        [
            .. Enumerable.Range(0, shape.Actions - 1).Select(a => DenseLayer.Of(
                reader["effect.weight"].Slice(a * _heads * Width, _heads * Width), reader["effect.bias"].Slice(a * _heads, _heads), Width,
                ScoringPrecision.Full)),
        ];
    }

    /// <summary>Outputs as written, of the base and of all effects.</summary>
    public int Written => _base.Written + (_allEffects?.Written ?? 0);

    private int Width { get; }

    /// <summary>Outputs under every action.</summary>
    /// <param name="tile">With the representation.</param>
    /// <param name="count">Rows of it that count.</param>
    /// <param name="outputs">[count × actions × heads].</param>
    public void ApplyAll(LaneTile tile, int count, Span<float> outputs)
    {
        var input = new LayerInput { Values = tile.Representation };
        float* start = tile.Heads, effects = start + (_base.Written * Lanes.Rows);
        _base.Apply(input, start);
        _allEffects?.Apply(input, effects);
        int width = (_effects.Length + 1) * _heads;
        for (int row = 0; row < count; row++)
        {
            var target = outputs.Slice(row * width, width);
            for (int i = 0; i < width; i++)
            {
                float value = start[(i % _heads * Lanes.Rows) + row];
                target[i] = i < _heads ? value : value + effects[((i - _heads) * Lanes.Rows) + row];
            }
        }
    }

    /// <summary>Outputs under the action of each row.</summary>
    /// <param name="tile">With the representation.</param>
    /// <param name="actions">[count], checked.</param>
    /// <param name="outputs">[count × heads].</param>
    public void Apply(LaneTile tile, ReadOnlySpan<int> actions, Span<float> outputs)
    {
        var input = new LayerInput { Values = tile.Representation };
        float* start = tile.Heads, effects = start + (_base.Written * Lanes.Rows);
        _base.Apply(input, start);
        for (int row = 0, ready = 0; row < actions.Length; row++)
        {
            int action = actions[row];
            // Rows of one action mostly follow each other; where they don't, the effect is computed again.
            if (action > 0 && action != ready)
            {
                _effects[action - 1].Apply(input, effects);
                ready = action;
            }
            for (int head = 0; head < _heads; head++)
            {
                float value = start[(head * Lanes.Rows) + row];
                outputs[(row * _heads) + head] = action == 0 ? value : value + effects[(head * Lanes.Rows) + row];
            }
        }
    }
}
