using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// The gradient that mSAM gives to any optimiser (arXiv 2302.09693): (1/m) Σ_j ∇L_j(w + ρ ∇L_j(w) / ‖∇L_j(w)‖) over disjoint shards j.
/// Shards that differ in size by a row weigh by their rows. The moved weights are a leaf of their own, so w keeps its bits, and only one
/// shard's activations are alive at a time.
/// </summary>
internal static class MicroBatchSam
{
    private static readonly Scalar SmallestNorm = 1e-12;

    /// <param name="weights">(parameters), a leaf that asks for its gradient.</param>
    /// <param name="rows">Rows of the batch; shards are consecutive pieces of it.</param>
    /// <param name="meanLoss">Mean loss, a scalar, at some weights of the rows from one position on, so many.</param>
    /// <param name="options">Checked.</param>
    /// <returns>The gradient, (parameters), and the mean loss at the weights before the move.</returns>
    public static (Tensor Gradient, double Loss) Gradient(
        Tensor weights, int rows, Func<Tensor, int, int, Tensor> meanLoss, MicroBatchSamOptions options)
    {
        int shards = Math.Min(options.Shards, rows);
        using Scalar radius = options.Radius;
        var sum = zeros_like(weights, requires_grad: false);
        double loss = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            using var scope = NewDisposeScope();
            int first = (int)((long)rows * shard / shards), count = (int)((long)rows * (shard + 1) / shards) - first;
            var at = meanLoss(weights, first, count);
            var moved = Moved(weights, autograd.grad([at], [weights])[0], radius);
            var gradient = autograd.grad([meanLoss(moved, first, count)], [moved])[0];
            using Scalar share = (double)count / rows;
            sum.add_(gradient, share);
            loss += TorchRuntime.ToArray(at)[0] * ((double)count / rows);
        }
        return (sum, loss);
    }

    private static Tensor Moved(Tensor weights, Tensor gradient, Scalar radius)
    {
        using var withoutGraph = no_grad();
        var scale = gradient.norm().Plus(SmallestNorm).reciprocal().mul(radius);
        return weights.detach().addcmul(gradient, scale, Scalars.One).requires_grad_(true);
    }
}
