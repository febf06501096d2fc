using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>
/// What an attention cross does to the low-rank map of a row, read as tokens: v + g · softmax(q kᵀ · scale) v, from queries, keys and values
/// side by side.
/// </summary>
/// <param name="Tokens">Tokens of a row.</param>
/// <param name="Width">Numbers of a token.</param>
/// <param name="Scale">Factor on scores.</param>
internal sealed record AttentionMix(int Tokens, int Width, double Scale)
{
    private int Rank => Tokens * Width;

    /// <summary>By operations that autograd knows, on any device.</summary>
    /// <param name="mapped">(batch, 3 · rank): queries, keys, values.</param>
    /// <param name="gain">(1) or (batch, 1): g.</param>
    /// <returns>(batch, rank).</returns>
    public Tensor Apply(Tensor mapped, Tensor gain)
    {
        using Scalar scale = Scale;
        // One split has one gradient to put together; three selections have a zero-filled one each.
        Tensor[] parts = mapped.view(-1, 3, Tokens, Width).unbind(1); // (batch, tokens, width) each
        var attention = softmax(parts[0].bmm(parts[1].transpose(1, 2)).mul(scale), -1); // (batch, tokens, tokens)
        return attention.bmm(parts[2]).mul(gain.view(-1, 1, 1)).Plus(parts[2]).reshape(-1, Rank);
    }

    /// <summary>The same without a graph.</summary>
    /// <param name="mapped">(batch, 3 · rank).</param>
    /// <param name="gain">(1).</param>
    /// <returns>
    /// (batch, rank), and the attention of each row, (batch, tokens · tokens), which <see cref="Backward"/> wants; null off the processor.
    /// </returns>
    public (Tensor Mixed, Tensor? Attention) Forward(Tensor mapped, Tensor gain)
    {
        using var withoutGraph = no_grad();
        if (mapped.device.type != DeviceType.CPU)
        {
            return (Apply(mapped, gain), null);
        }
        long rows = mapped.size(0);
        Tensor mixed = empty([rows, Rank]), attention = empty([rows, Tokens * Tokens]);
        new AttentionKernel(Tokens, Width, (float)Scale, TorchRuntime.Floats(gain)[0])
            .Forward(TorchRuntime.Floats(mapped), TorchRuntime.Floats(mixed), TorchRuntime.Floats(attention));
        return (mixed, attention);
    }

    /// <summary>Gradients of what went in.</summary>
    /// <param name="mapped">Of <see cref="Forward"/>.</param>
    /// <param name="gain">The same.</param>
    /// <param name="attention">That it gave.</param>
    /// <param name="gradient">(batch, rank), of its output.</param>
    /// <returns>(batch, 3 · rank) and (1).</returns>
    public (Tensor Mapped, Tensor Gain) Backward(Tensor mapped, Tensor gain, Tensor? attention, Tensor gradient)
    {
        if (attention is null)
        {
            using var withGraph = enable_grad();
            Tensor leaf = mapped.detach().requires_grad_(true), factor = gain.detach().requires_grad_(true);
            var gradients = autograd.grad([Apply(leaf, factor)], [leaf, factor], [gradient]);
            return (gradients[0], gradients[1]);
        }
        using var withoutGraph = no_grad();
        var ofMapped = empty([mapped.size(0), 3 * Rank]);
        double ofGain = new AttentionKernel(Tokens, Width, (float)Scale, TorchRuntime.Floats(gain)[0])
            .Backward(TorchRuntime.Floats(mapped), TorchRuntime.Floats(attention), TorchRuntime.Floats(gradient), TorchRuntime.Floats(ofMapped));
        return (ofMapped, TorchRuntime.TensorOf([(float)ofGain], [1], CPU));
    }
}
