using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// The response network of LiRank (arXiv 2402.06859): embeddings, low-rank cross layers, plain and with attention,
/// beside a multilayer trunk, heads, and calibration curves on top. The action enters behind the representation:
/// head(a) = base(z) + [a ≠ none] · (effect_a(z) + c_a). So one forward pass gives all actions, the representation describes the member
/// alone, and shrinking effect_a leaves a constant effect per action.
/// </summary>
internal sealed class ActionNetwork
{
    private const double HeadDeviation = 0.01;

    private readonly CrossNetwork _cross;
    private readonly AttentionCrossNetwork? _attention;
    private readonly Trunk _trunk;
    private readonly IsotonicLayer? _curves;
    private readonly int _head;

    public ActionNetwork(NetworkShape shape)
    {
        Shape = shape;
        Tables = new EmbeddingTables(shape, Layout);
        _cross = new CrossNetwork(shape, Layout);
        _attention = shape.CrossAttention ? new AttentionCrossNetwork(shape, Layout) : null;
        _trunk = new Trunk(shape, Layout);
        _head = Layout.Add("head.weight", ParameterRole.Weight, HeadDeviation, shape.Heads, shape.RepresentationWidth);
        Layout.Add("head.bias", ParameterRole.Bias, 0, shape.Heads);
        Layout.Add("effect.weight", ParameterRole.Effect, 0, (shape.Actions - 1) * shape.Heads, shape.RepresentationWidth);
        Layout.Add("effect.bias", ParameterRole.Bias, 0, (shape.Actions - 1) * shape.Heads);
        if (shape.CurveColumns is { } columns)
        {
            _curves = new IsotonicLayer(shape.Heads, columns, [.. columns.Select(column => shape.VocabularySizes[column])], Layout);
        }
    }

    public NetworkShape Shape { get; }

    public ParameterLayout Layout { get; } = new();

    /// <summary>Its tables are the first blocks of the layout.</summary>
    public EmbeddingTables Tables { get; }

    public IReadOnlyList<ParameterBlock> Blocks => Layout.Blocks;

    public int ParameterCount => Layout.Count;

    /// <summary>Cuts the flat vector into parameters; the views follow the caller's dispose scope.</summary>
    public Tensor[] Parameters(Tensor flat) => Layout.Split(flat);

    /// <summary>The last activation before the heads.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="numeric">(batch, numeric).</param>
    /// <param name="codes">(batch, tables), int64: rows of the tables in <paramref name="parameters"/>.</param>
    /// <returns>(batch, representation).</returns>
    public Tensor Represent(Tensor[] parameters, Tensor numeric, Tensor codes)
    {
        var parts = new List<Tensor>();
        if (Shape.NumericWidth > 0)
        {
            parts.Add(numeric);
        }
        parts.AddRange(Tables.Lookup(parameters, numeric, codes));
        var input = parts.Count == 1 ? parts[0] : cat(parts, 1); // (batch, input)
        Tensor cross = _cross.Apply(parameters, input), trunk = _trunk.Apply(parameters, input);
        return cat(_attention is null ? [cross, trunk] : [cross, _attention.Apply(parameters, input), trunk], 1); // (batch, representation)
    }

    /// <summary>The outputs under the action of each row, before calibration curves.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="representation">(batch, representation).</param>
    /// <param name="actionMask">(batch, actions − 1): 1 in the row's action, all 0 for "none".</param>
    /// <returns>(batch, heads).</returns>
    public Tensor Heads(Tensor[] parameters, Tensor representation, Tensor actionMask)
    {
        var result = LayerTape.Linear(representation, parameters[_head], parameters[_head + 1]); // (batch, heads)
        if (Shape.Actions > 1)
        {
            var effects = LayerTape.Linear(representation, parameters[_head + 2], parameters[_head + 3])
                .view(-1, Shape.Actions - 1, Shape.Heads); // (batch, actions − 1, heads)
            result = result.Plus((effects * actionMask.unsqueeze(2)).sum(1));
        }
        return result;
    }

    /// <summary>Outputs after the calibration curves, where the network has them.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="outputs">(batch, heads), of <see cref="Heads"/>.</param>
    /// <param name="codes">(batch, tables), int64: the codes of the features, whatever the tables in use.</param>
    /// <returns>(batch, heads).</returns>
    public Tensor Calibrate(Tensor[] parameters, Tensor outputs, Tensor codes) => _curves?.Apply(parameters, outputs, codes) ?? outputs;

    /// <summary>Starting values.</summary>
    /// <param name="random">Seeded by the caller.</param>
    /// <param name="start">[actions × heads]: outputs under each action before anything is known of the member.</param>
    public float[] Initialize(Random random, ReadOnlySpan<float> start)
    {
        float[] values = Layout.Initialize(random);
        ParameterBlock head = Blocks[_head + 1], effect = Blocks[_head + 3];
        start[..Shape.Heads].CopyTo(values.AsSpan(head.Offset));
        for (int i = 0; i < effect.Length; i++)
        {
            values[effect.Offset + i] = start[Shape.Heads + i] - start[i % Shape.Heads];
        }
        return values;
    }
}
