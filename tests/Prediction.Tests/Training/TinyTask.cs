using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Tests.Training;

/// <summary>A network of some hundred parameters with its data as tensors, of one yes/no outcome; lives in the caller's dispose scope.</summary>
internal sealed class TinyTask
{
    public TinyTask(int rows, int seed, int actions = 2, int heads = 1)
    {
        Network = new ActionNetwork(new NetworkShape(4, [5], actions, heads, CrossLayers: 1, CrossRank: 2, Hidden: [12, 6]));
        var random = new Random(seed);
        float[] Normals(int count, double scale) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(scale * SyntheticCampaign.Normal(random)))];
        Weights = Normals(Network.ParameterCount, 0.4);
        Flat = TorchRuntime.TensorOf(Weights, [Weights.Length], CPU).requires_grad_(true);
        Numeric = TorchRuntime.TensorOf(Normals(rows * 4, 1), [rows, 4], CPU);
        Codes = tensor([.. Enumerable.Range(0, rows).Select(_ => random.Next(5))], [rows, 1]).to(ScalarType.Int64);
        int[] taken = [.. Enumerable.Range(0, rows).Select(_ => random.Next(actions))];
        Mask = TorchRuntime.TensorOf(NetworkScorer.MaskOf(taken, actions), [rows, actions - 1], CPU);
        Labels = TorchRuntime.TensorOf([.. Enumerable.Range(0, rows * heads).Select(_ => (float)random.Next(2))], [rows, heads], CPU);
        All = [.. Enumerable.Range(0, rows)];
    }

    public ActionNetwork Network { get; }

    public float[] Weights { get; }

    public Tensor Flat { get; }

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
        return Network.Heads(parameters, representation, Mask.index_select(0, picked));
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
