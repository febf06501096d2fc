using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Artifacts;

/// <summary>Fitted networks as the named tensors of a model file, and back.</summary>
internal static class NetworkTensors
{
    private const string Weights = "network", Base = "base", BaseCurvature = "base-curvature", Curvature = "curvature";

    /// <summary>Weights, and at full precision what a refresh needs beside them: a file of 8-bit rows is for scoring.</summary>
    public static IReadOnlyList<ArtifactTensor> Of(FittedNetwork model, WeightPrecision precision = WeightPrecision.Full)
    {
        bool small = precision == WeightPrecision.Int8Rows;
        var tensors = new List<ArtifactTensor>();
        for (int member = 0; member < model.Weights.Length; member++)
        {
            Add(Weights, member, model.Weights[member]);
            if (small || model.Memory?[member] is not { } memory)
            {
                continue;
            }
            Add(Curvature, member, memory.Curvature);
            // Before the first refresh they are the weights and the curvature.
            if (memory.Base != model.Weights[member])
            {
                Add(Base, member, memory.Base);
                Add(BaseCurvature, member, memory.BaseCurvature);
            }
        }
        return tensors;

        void Add(string what, int member, float[] values) => tensors.AddRange(model.Network.Blocks.Select(block => new ArtifactTensor(
            NameOf(what, member, block), block.Shape, values[block.Offset..(block.Offset + block.Length)],
            small && block.Role == ParameterRole.Embedding)));
    }

    /// <summary>Of a model file's tensors.</summary>
    /// <param name="encoderJson">Of the same file.</param>
    /// <param name="tensors">Named as by <see cref="Of"/>.</param>
    /// <param name="heads">Outputs of a row.</param>
    /// <param name="options">Of the training.</param>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public static FittedNetwork Read(string encoderJson, IReadOnlyList<ArtifactTensor> tensors, int heads, TrainingOptions options)
    {
        var encoder = FeatureEncoder.FromJson(encoderJson);
        var network = new ActionNetwork(NetworkShape.Of(encoder, heads, options));
        var byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        List<float[]> weights = [];
        List<WeightMemory> memories = [];
        while (weights.Count == 0 || byName.ContainsKey(NameOf(Weights, weights.Count, network.Blocks[0])))
        {
            int member = weights.Count;
            weights.Add(Read(Weights, member));
            if (byName.ContainsKey(NameOf(Curvature, member, network.Blocks[0])))
            {
                float[] curvature = Read(Curvature, member);
                memories.Add(byName.ContainsKey(NameOf(Base, member, network.Blocks[0]))
                    ? new WeightMemory(Read(Base, member), Read(BaseCurvature, member), curvature)
                    : new WeightMemory(weights[member], curvature, curvature));
            }
        }
        if (memories.Count > 0 && memories.Count != weights.Count)
        {
            throw new InvalidDataException("The model file has the curvatures of some networks only.");
        }
        return new FittedNetwork(encoder, network, [.. weights], options) { Memory = memories.Count > 0 ? memories : null };

        float[] Read(string what, int member)
        {
            var values = new float[network.ParameterCount];
            foreach (var block in network.Blocks)
            {
                string name = NameOf(what, member, block);
                if (!byName.TryGetValue(name, out var tensor) || !tensor.Shape.AsSpan().SequenceEqual(block.Shape))
                {
                    throw new InvalidDataException($"The model file's tensor '{name}' is missing or of another shape.");
                }
                tensor.Values.CopyTo(values, block.Offset);
            }
            return values;
        }
    }

    private static string NameOf(string what, int member, ParameterBlock block) => $"{what}.{member}.{block.Name}";
}
