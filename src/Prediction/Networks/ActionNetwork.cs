using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>
/// The first form of the response network of LiRank (arXiv 2402.06859, sections 3.1 and 3.2): low-rank residual cross layers beside a
/// multilayer trunk. The action enters behind the representation: head(a) = base(z) + [a ≠ none] · (effect_a(z) + c_a). So one forward
/// pass gives all actions, the representation describes the member alone, and shrinking effect_a leaves a constant effect per action.
/// All parameters live in one flat vector: one optimiser step is a handful of operations, and saving is one tensor.
/// </summary>
internal sealed class ActionNetwork
{
    private readonly List<ParameterBlock> _blocks = [];

    public ActionNetwork(NetworkShape shape)
    {
        Shape = shape;
        for (int c = 0; c < shape.VocabularySizes.Length; c++)
        {
            Add($"embedding.{c}", ParameterRole.Embedding, shape.VocabularySizes[c], NetworkShape.EmbeddingWidth(shape.VocabularySizes[c]));
        }
        for (int l = 0; l < shape.CrossLayers; l++)
        {
            Add($"cross.{l}.down", ParameterRole.Weight, shape.CrossRank, shape.InputWidth);
            Add($"cross.{l}.up", ParameterRole.Weight, shape.InputWidth, shape.CrossRank);
            Add($"cross.{l}.bias", ParameterRole.Bias, shape.InputWidth);
        }
        int width = shape.InputWidth;
        for (int l = 0; l < shape.Hidden.Length; l++)
        {
            Add($"trunk.{l}.weight", ParameterRole.Weight, shape.Hidden[l], width);
            Add($"trunk.{l}.bias", ParameterRole.Bias, shape.Hidden[l]);
            width = shape.Hidden[l];
        }
        Add("head.weight", ParameterRole.Weight, shape.Heads, shape.RepresentationWidth);
        Add("head.bias", ParameterRole.Bias, shape.Heads);
        Add("effect.weight", ParameterRole.Effect, (shape.Actions - 1) * shape.Heads, shape.RepresentationWidth);
        Add("effect.bias", ParameterRole.Bias, (shape.Actions - 1) * shape.Heads);
    }

    public NetworkShape Shape { get; }

    public IReadOnlyList<ParameterBlock> Blocks => _blocks;

    public int ParameterCount { get; private set; }

    /// <summary>Cuts the flat vector into parameters; the views follow the caller's dispose scope.</summary>
    public Tensor[] Parameters(Tensor flat)
    {
        var pieces = flat.split([.. _blocks.Select(block => (long)block.Length)]);
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = pieces[i].view([.. _blocks[i].Shape.Select(size => (long)size)]);
        }
        return pieces;
    }

    /// <summary>The last activation before the heads.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="numeric">(batch, numeric).</param>
    /// <param name="codes">(batch, categorical), int64.</param>
    /// <returns>(batch, representation).</returns>
    public Tensor Represent(Tensor[] parameters, Tensor numeric, Tensor codes)
    {
        int next = 0;
        var parts = new List<Tensor>();
        if (Shape.NumericWidth > 0)
        {
            parts.Add(numeric);
        }
        for (int c = 0; c < Shape.VocabularySizes.Length; c++)
        {
            parts.Add(LayerTape.Lookup(parameters[next++], codes.select(1, c))); // (batch, embedding)
        }
        var input = parts.Count == 1 ? parts[0] : cat(parts, 1); // (batch, input)
        var cross = input;
        for (int l = 0; l < Shape.CrossLayers; l++, next += 3)
        {
            var low = LayerTape.Linear(cross, parameters[next]); // (batch, rank)
            cross = (input * LayerTape.Linear(low, parameters[next + 1], parameters[next + 2])).Plus(cross); // (batch, input)
        }
        var trunk = input;
        for (int l = 0; l < Shape.Hidden.Length; l++, next += 2)
        {
            trunk = relu(LayerTape.Linear(trunk, parameters[next], parameters[next + 1])); // (batch, hidden)
        }
        return cat([cross, trunk], 1); // (batch, representation)
    }

    /// <summary>The outputs under the action of each row.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="representation">(batch, representation).</param>
    /// <param name="actionMask">(batch, actions − 1): 1 in the row's action, all 0 for "none".</param>
    /// <returns>(batch, heads).</returns>
    public Tensor Heads(Tensor[] parameters, Tensor representation, Tensor actionMask)
    {
        int first = parameters.Length - 4;
        var result = LayerTape.Linear(representation, parameters[first], parameters[first + 1]); // (batch, heads)
        if (Shape.Actions > 1)
        {
            var effects = LayerTape.Linear(representation, parameters[first + 2], parameters[first + 3])
                .view(-1, Shape.Actions - 1, Shape.Heads); // (batch, actions − 1, heads)
            result = result.Plus((effects * actionMask.unsqueeze(2)).sum(1));
        }
        return result;
    }

    /// <summary>
    /// Starting values: He normal for weights (variance 2 / inputs, He et al. 2015), small embeddings, zero effect weights.
    /// </summary>
    /// <param name="random">Seeded by the caller.</param>
    /// <param name="start">[actions × heads]: outputs under each action before anything is known of the member.</param>
    public float[] Initialize(Random random, ReadOnlySpan<float> start)
    {
        var values = new float[ParameterCount];
        foreach (var block in _blocks)
        {
            double deviation = block switch
            {
                { Role: ParameterRole.Embedding } => 0.1,
                { Role: ParameterRole.Weight, Name: "head.weight" } => 0.01,
                // A cross layer multiplies its input by itself: it starts close to the identity.
                { Role: ParameterRole.Weight } when block.Name.StartsWith("cross.", StringComparison.Ordinal) =>
                    0.3 / Math.Sqrt(block.Shape[1]),
                { Role: ParameterRole.Weight } => Math.Sqrt(2.0 / block.Shape[1]),
                _ => 0,
            };
            for (int i = 0; deviation > 0 && i < block.Length; i++)
            {
                values[block.Offset + i] = (float)(deviation * NextNormal(random));
            }
            bool isEffect = block.Name == "effect.bias";
            for (int i = 0; (isEffect || block.Name == "head.bias") && i < block.Length; i++)
            {
                values[block.Offset + i] = isEffect ? start[Shape.Heads + i] - start[i % Shape.Heads] : start[i];
            }
        }
        return values;
    }

    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private void Add(string name, ParameterRole role, params int[] shape)
    {
        var block = new ParameterBlock(name, role, ParameterCount, shape);
        _blocks.Add(block);
        ParameterCount += block.Length;
    }
}
