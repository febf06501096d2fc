using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Tests.Training;

/// <summary>
/// A network of some hundred parameters with its data as tensors, of yes/no outcomes; with all parts it has attention, gates, curves, a feature
/// of two tables and a bag. Lives in the caller's dispose scope.
/// </summary>
internal sealed class TinyTask
{
    public TinyTask(int rows, int seed, int actions = 2, int heads = 1, bool allParts = false)
    {
        var shape = new NetworkShape(4, allParts ? [5, 3, 6] : [5], actions, heads, CrossLayers: 1, CrossRank: 2, Hidden: [12, 6]);
        Network = new ActionNetwork(!allParts ? shape : shape with
        {
            TableFeatures = [0, 0, 1],
            TableColumns = [1, 1, 2],
            CountColumns = [-1, -1, 3],
            CrossAttention = true,
            DenseGating = true,
            CurveColumns = [0],
        });
        var random = new Random(seed);
        float[] Normals(int count, double scale) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(scale * SyntheticCampaign.Normal(random)))];
        Weights = Normals(Network.ParameterCount, 0.4);
        Flat = TorchRuntime.TensorOf(Weights, [Weights.Length], CPU).requires_grad_(true);
        float[] numbers = Normals(rows * 4, 1);
        for (int row = 0; allParts && row < rows; row++)
        {
            // How many of the bag's two columns are read.
            numbers[(row * 4) + 3] = (1 + random.Next(2)) * BagEncoding.CountUnit;
        }
        int[] sizes = [.. Network.Shape.CodeColumns().Select(column => column.Size)];
        int[] codes = [.. Enumerable.Range(0, rows).SelectMany(_ => sizes.Select(size => random.Next(size)))];
        Encoded = new EncodedBatch(rows, 4, numbers, sizes.Length, codes);
        Numeric = TorchRuntime.TensorOf(numbers, [rows, 4], CPU);
        Codes = tensor(codes, [rows, sizes.Length]).to(ScalarType.Int64);
        int[] taken = [.. Enumerable.Range(0, rows).Select(_ => random.Next(actions))];
        Mask = TorchRuntime.TensorOf(NetworkScorer.MaskOf(taken, actions), [rows, actions - 1], CPU);
        Labels = TorchRuntime.TensorOf([.. Enumerable.Range(0, rows * heads).Select(_ => (float)random.Next(2))], [rows, heads], CPU);
        All = [.. Enumerable.Range(0, rows)];
    }

    public ActionNetwork Network { get; }

    public float[] Weights { get; }

    public Tensor Flat { get; }

    public EncodedBatch Encoded { get; }

    public Tensor Numeric { get; }

    public Tensor Codes { get; }

    public Tensor Mask { get; }

    public Tensor Labels { get; }

    public int[] All { get; }

    public Tensor Outputs(Tensor weights, int[] rows)
    {
        var picked = tensor(rows).to(ScalarType.Int64);
        var parameters = Network.Parameters(weights);
        var representation = Network.Represent(parameters, Numeric.index_select(0, picked), Codes.index_select(0, picked));
        var outputs = Network.Heads(parameters, representation, Mask.index_select(0, picked));
        return Network.Calibrate(parameters, outputs, Codes.index_select(0, picked));
    }

    public Tensor Loss(Tensor weights, int[] rows) =>
        binary_cross_entropy_with_logits(Outputs(weights, rows), Labels.index_select(0, tensor(rows).to(ScalarType.Int64)));

    public Tensor Loss(Tensor weights, int first, int count) => Loss(weights, All[first..(first + count)]);

    /// <summary>∇L at some weights by autograd, as numbers.</summary>
    public double[] GradientAt(double[] weights, int[] rows)
    {
        using var scope = NewDisposeScope();
        var leaf = TorchRuntime.TensorOf([.. weights.Select(w => (float)w)], [weights.Length], CPU).requires_grad_(true);
        return [.. TorchRuntime.ToArray(autograd.grad([Loss(leaf, rows)], [leaf])[0]).Select(g => (double)g)];
    }
}
