using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// The diagonal of the mean Gauss-Newton curvature, H_j = mean over rows of Σ_k c_ik (∂f_ik/∂w_j)², c the second derivative of the loss by the
/// outputs: for a yes/no outcome the Fisher information, in its expectation over labels, which needs no label and varies less than squared
/// gradients at the labels that happened.
/// </summary>
/// <remarks>
/// One backward pass of Σ s_ik √c_ik f_ik with random signs s gives it for all parameters: products of different rows cancel in the mean, and
/// squares stay (Hutchinson 1990). It holds for any layer, and a row that stands alone with its embedding is exact.
/// </remarks>
internal static class CurvatureDiagonal
{
    // Each chunk is one draw of signs: where all rows share a weight, 512 give it to about 6 %. 
    private const int LeastChunk = 256, MostChunks = 512;

    /// <param name="flat">(parameters), a leaf that asks for its gradient.</param>
    /// <param name="rows">The rows; at least one.</param>
    /// <param name="forward">Outputs of some of them, (rows, heads), and what their mean loss is.</param>
    /// <param name="random">Where signs are drawn.</param>
    /// <param name="cancellation">Looked at before each chunk.</param>
    /// <returns>(parameters), at least 0.</returns>
    public static float[] Of(
        Tensor flat, int[] rows, Func<int[], (Tensor Outputs, Func<Tensor, Tensor> MeanLoss)> forward, Random random, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var sum = zeros_like(flat, requires_grad: false);
        int step = 0;
        foreach (int[] chunk in rows.Chunk(Math.Max(LeastChunk, rows.Length / MostChunks)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (outputs, meanLoss) = forward(chunk);
            var factors = StabilityProbe.OutputCurvature(outputs, meanLoss).sqrt_(); // (heads · rows)
            float[] signs = [.. Enumerable.Range(0, (int)factors.numel()).Select(_ => random.Next(2) == 0 ? -1f : 1f)];
            var signed = factors.mul_(TorchRuntime.TensorOf(signs, [signs.Length], flat.device));
            var gradient = autograd.grad([outputs.t().reshape(-1).dot(signed)], [flat])[0];
            using var withoutGraph = no_grad();
            sum.addcmul_(gradient, gradient, Scalars.One);
            TorchRuntime.AfterStep(++step);
        }
        using Scalar share = 1.0 / rows.Length;
        using var noGraph = no_grad();
        return TorchRuntime.ToArray(sum.mul_(share));
    }
}
