using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Diagnostics;

/// <summary>
/// Sharpness and coherence of a network on some rows, from one forward pass and one backward pass per output. Curvature is Gauss-Newton
/// with the diagonal of the loss's second derivative by the outputs (for a yes/no outcome all of it): H_i = Σ_k c_ik g_ik g_ik', g_ik the
/// gradient of output k for row i, so that all is in the Gram matrix of the vectors sqrt(c_ik) g_ik.
/// </summary>
internal static class StabilityProbe
{
    private const int PowerIterations = 20;

    // Float sums of thousands of terms; a layer that the tape missed shows as a share of whole gradients.
    private const double Mismatch = 0.01;

    /// <param name="flat">(parameters), a leaf that asks for its gradient.</param>
    /// <param name="forward">Outputs, (rows, heads).</param>
    /// <param name="meanLoss">Mean loss of such outputs, in which rows add up.</param>
    /// <param name="scale">(parameters): P^−½ of the optimiser, or null.</param>
    /// <param name="alone">Parameters at the start of the vector that are read by themselves too; default 0.</param>
    /// <returns>
    /// λ₁ and, for these rows alone, σ: of all parameters, and of those at the start where there are some. Null where they are no numbers, or a
    /// parameter was used past the tape.
    /// </returns>
    public static (Curvature All, Curvature? Start)? Measure(
        Tensor flat, Func<Tensor, Tensor> forward, Func<Tensor, Tensor> meanLoss, Tensor? scale, long alone = 0)
    {
        using var scope = NewDisposeScope();
        if (Gram(flat, forward, meanLoss, scale, alone, out long rows) is not var (all, start) || Read(all, rows) is not { } ofAll)
        {
            return null;
        }
        return (ofAll, start is null ? null : Read(start, rows));
    }

    /// <summary>(heads · rows, heads · rows), ordered by head, then row; rows' curvature is not divided by their number.</summary>
    private static (Tensor All, Tensor? Start)? Gram(
        Tensor flat, Func<Tensor, Tensor> forward, Func<Tensor, Tensor> meanLoss, Tensor? scale, long alone, out long rows)
    {
        Tensor outputs;
        IReadOnlyList<LayerUse> uses;
        using (var tape = LayerTape.Start())
        {
            outputs = forward(flat);
            uses = tape.Uses;
        }
        rows = outputs.size(0);
        long heads = outputs.size(1);
        var curvature = OutputCurvature(outputs, meanLoss); // (heads · rows)
        var byHead = new List<Tensor[]>();
        for (long head = 0; head < heads; head++)
        {
            byHead.Add([.. Gradients(outputs.select(1, head).sum(), [.. uses.Select(use => use.Output), flat])]);
        }
        using var withoutGraph = no_grad();
        var gram = zeros([heads * rows, heads * rows], device: flat.device);
        var plain = scale is null ? gram : zeros_like(gram);
        var start = alone > 0 ? zeros_like(gram) : null;
        foreach (var sharing in Enumerable.Range(0, uses.Count).GroupBy(use => uses[use].Weight, ReferenceEqualityComparer.Instance))
        {
            var outer = sharing
                .Select(use => new ExampleGradients(uses[use], cat([.. byHead.Select(gradients => gradients[use])], 0), heads)).ToArray();
            using var layer = NewDisposeScope();
            foreach (var part in ExampleGradients.Grams(outer, null))
            {
                plain.add_(part, Scalars.One);
            }
            foreach (var part in scale is null ? [] : ExampleGradients.Grams(outer, scale))
            {
                gram.add_(part, Scalars.One);
            }
            foreach (var part in uses[sharing.First()].Weight.storage_offset() < alone ? ExampleGradients.Grams(outer, scale) : [])
            {
                start!.add_(part, Scalars.One);
            }
        }
        // The sum of all rows' gradients of a head is known from autograd itself: it tells whether a parameter went past the tape.
        for (int head = 0; head < heads; head++)
        {
            double known = Number(byHead[head][^1].square().sum());
            double found = Number(plain.narrow(0, head * rows, rows).narrow(1, head * rows, rows).sum());
            if (!(Math.Abs(known - found) <= Mismatch * known))
            {
                return null;
            }
        }
        var root = curvature.sqrt();
        var factors = root.unsqueeze(0) * root.unsqueeze(1);
        return (gram * factors, start is null ? null : start * factors);
    }

    /// <summary>Second derivative of each row's loss by each output, negative ones as 0: (heads · rows).</summary>
    internal static Tensor OutputCurvature(Tensor outputs, Func<Tensor, Tensor> meanLoss)
    {
        var leaf = outputs.detach().clone().requires_grad_(true);
        var slope = autograd.grad([meanLoss(leaf)], [leaf], null, true, true)[0]; // (rows, heads)
        using Scalar rows = (double)outputs.size(0);
        var columns = new List<Tensor>();
        for (long head = 0; head < outputs.size(1); head++)
        {
            columns.Add(autograd.grad([slope.select(1, head).sum()], [leaf], null, true)[0].select(1, head));
        }
        return cat(columns, 0).detach().clamp_min(Scalars.Zero).mul(rows);
    }

    private static IEnumerable<Tensor> Gradients(Tensor sum, Tensor[] of)
    {
        var gradients = autograd.grad([sum], of, null, true, false, true);
        for (int k = 0; k < of.Length; k++)
        {
            yield return gradients[k] is { IsInvalid: false } gradient ? gradient : zeros_like(of[k]);
        }
    }

    private static Curvature? Read(Tensor gram, long rows)
    {
        long heads = gram.size(0) / rows;
        var blocks = gram.view(heads, rows, heads, rows);
        var coherence = heads == 1 ? gram.abs() : blocks.square().sum([0L, 2L]).sqrt(); // (rows, rows)
        var own = blocks.diagonal(0, 1, 3); // (heads, heads, rows)
        double largest = Number(heads == 1 ? own.max() : linalg.eigvalsh(own.permute(2, 0, 1)).max());
        double sharpness = LargestEigenvalue(gram, gram.select(0, Index(gram.diagonal().argmax()))) / rows;
        double sigma = LargestEigenvalue(coherence, ones_like(coherence.select(0, 0))) / largest;
        return double.IsFinite(sharpness) && sharpness > 0 && double.IsFinite(sigma) ? new Curvature(sharpness, Math.Clamp(sigma, 1, rows)) : null;
    }

    private static double LargestEigenvalue(Tensor matrix, Tensor start)
    {
        var vector = start / start.norm();
        var image = matrix.mv(vector);
        for (int iteration = 1; iteration < PowerIterations; iteration++)
        {
            vector = image / image.norm();
            image = matrix.mv(vector);
        }
        return Number(vector.dot(image));
    }

    private static double Number(Tensor scalar) => TorchRuntime.ToArray(scalar)[0];

    private static long Index(Tensor scalar) => scalar.cpu().item<long>();
}
