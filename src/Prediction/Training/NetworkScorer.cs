using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Serving;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Forward passes by libtorch with fixed weights: while training, on a graphics processor, and as the yardstick of
/// <see cref="CompiledNetwork"/>. Weights stay managed and travel per call, so a model holds no native memory and is thread-safe.
/// </summary>
internal static class NetworkScorer
{
    private const int ChunkRows = 4096;

    /// <summary>Outputs under the given action of each row: [rows × heads], row-major.</summary>
    public static float[] Outputs(
        ActionNetwork network, float[] weights, EncodedBatch encoded, ReadOnlySpan<int> actions, TrainingOptions options)
    {
        TrainingSet.RequireActions(actions, encoded.Rows, network.Shape.Actions);
        float[] masks = MaskOf(actions, network.Shape.Actions);
        int maskWidth = network.Shape.Actions - 1;
        return InChunks(network, weights, encoded, options, network.Shape.Heads, (parameters, representation, codes, first, count) =>
        {
            float[] part = masks[(first * maskWidth)..((first + count) * maskWidth)];
            var mask = TorchRuntime.TensorOf(part, [count, maskWidth], representation.device);
            return network.Calibrate(parameters, network.Heads(parameters, representation, mask), codes);
        });
    }

    /// <summary>Outputs under every action, from one pass over the members: [rows × actions × heads], row-major.</summary>
    public static float[] OutputsOfAll(ActionNetwork network, float[] weights, EncodedBatch encoded, TrainingOptions options)
    {
        var shape = network.Shape;
        return InChunks(network, weights, encoded, options, shape.Actions * shape.Heads, (parameters, representation, codes, _, count) => cat(
            [
                .. Enumerable.Range(0, shape.Actions).Select(action =>
                {
                    int[] taken = new int[count];
                    Array.Fill(taken, action);
                    var mask = TorchRuntime.TensorOf(MaskOf(taken, shape.Actions), [count, shape.Actions - 1], representation.device);
                    return network.Calibrate(parameters, network.Heads(parameters, representation, mask), codes);
                }),
            ],
            1));
    }

    /// <summary>The last activation before the heads: [rows × representation], row-major.</summary>
    public static float[] Representations(ActionNetwork network, float[] weights, EncodedBatch encoded, TrainingOptions options) =>
        InChunks(network, weights, encoded, options, network.Shape.RepresentationWidth, (_, representation, _, _, _) => representation);

    public static float[] MaskOf(ReadOnlySpan<int> actions, int actionCount)
    {
        int width = actionCount - 1;
        var mask = new float[actions.Length * width];
        for (int row = 0; row < actions.Length; row++)
        {
            if (actions[row] > 0)
            {
                mask[row * width + actions[row] - 1] = 1f;
            }
        }
        return mask;
    }

    private static float[] InChunks(
        ActionNetwork network, float[] weights, EncodedBatch encoded, TrainingOptions options, int width,
        Func<Tensor[], Tensor, Tensor, int, int, Tensor> read)
    {
        BatchCheck.Require(encoded, network.Shape);
        var target = TrainingState.Start(network, options);
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        var parameters = network.Parameters(TorchRuntime.TensorOf(weights, [weights.Length], target));
        var results = new float[encoded.Rows * width];
        for (int first = 0, step = 1; first < encoded.Rows; first += ChunkRows, step++)
        {
            using var chunk = NewDisposeScope();
            int count = Math.Min(ChunkRows, encoded.Rows - first);
            var numeric = TorchRuntime.TensorOf(
                encoded.Numeric.AsSpan(first * encoded.NumericWidth, count * encoded.NumericWidth).ToArray(),
                [count, encoded.NumericWidth], target);
            var codes = tensor(
                encoded.Codes.AsSpan(first * encoded.CategoricalWidth, count * encoded.CategoricalWidth).ToArray(),
                [count, encoded.CategoricalWidth], device: target).to(ScalarType.Int64);
            var output = read(parameters, network.Represent(parameters, numeric, codes), codes, first, count);
            TorchRuntime.ToArray(output).CopyTo(results.AsSpan(first * width));
            TorchRuntime.AfterStep(step);
        }
        return results;
    }
}
