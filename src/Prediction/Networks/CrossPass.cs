using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// One pass through cross layers x ← x0 * (U m(V x) + b) + x, m the identity or attention, with the gradients written out. A product that is added
/// up costs autograd four walks over the batch, and each of the two ways to x0 another: written out they are one product, one sum in
/// place, and what else is added rides on the matrix products.
/// </summary>
/// <param name="layers">First block of each layer: V, U, b and, with attention, its gain.</param>
/// <param name="mix">m; null for the identity.</param>
internal sealed class CrossPass(int[] layers, AttentionMix? mix)
{
    private readonly Stack<Kept> _kept = new();

    /// <summary>Tensors follow the caller's dispose scope.</summary>
    /// <param name="parameters">Of the layout.</param>
    /// <param name="input">(batch, input).</param>
    /// <returns>(batch, input).</returns>
    public Tensor Forward(Tensor[] parameters, Tensor input)
    {
        using var withoutGraph = no_grad();
        var cross = input;
        foreach (int layer in layers)
        {
            var mapped = cross.mm(parameters[layer].t()); // (batch, rank), or three of them
            var (mixed, attention) = mix?.Forward(mapped, parameters[layer + 3]) ?? (mapped, null); // (batch, rank)
            var raised = mixed.mm(parameters[layer + 1].t()); // (batch, input)
            _kept.Push(new Kept(cross, mapped, mixed, attention, raised));
            cross = Cross(parameters[layer + 2], input, cross, raised);
        }
        return cross;
    }

    /// <summary>Gradients by blocks and input, of the last <see cref="Forward"/>.</summary>
    /// <param name="parameters">The same.</param>
    /// <param name="input">The same.</param>
    /// <param name="gradient">(batch, input), of what it returned; contiguous, overwritten.</param>
    /// <param name="ofInput">(batch, input), contiguous, to which the input's is added.</param>
    /// <param name="gradients">By block; those of its own are set, in the caller's dispose scope.</param>
    public void Backward(Tensor[] parameters, Tensor input, Tensor gradient, Tensor ofInput, Tensor?[] gradients)
    {
        using var withoutGraph = no_grad();
        foreach (int layer in layers.Reverse())
        {
            var kept = _kept.Pop();
            using var scope = NewDisposeScope();
            var (ofRaised, ofBias) = OfRaised(gradient, input, kept.Raised, ofInput); // (batch, input), (input)
            var ofMixed = ofRaised.mm(parameters[layer + 1]); // (batch, rank)
            Tensor ofMapped = ofMixed, ofGain = ofMixed;
            if (mix is not null)
            {
                (ofMapped, ofGain) = mix.Backward(kept.Mapped, parameters[layer + 3], kept.Attention, ofMixed);
                gradients[layer + 3] = ofGain.MoveToOuterDisposeScope();
            }
            gradients[layer] = ofMapped.t().mm(kept.Cross).MoveToOuterDisposeScope();
            gradients[layer + 1] = ofRaised.t().mm(kept.Mixed).MoveToOuterDisposeScope();
            gradients[layer + 2] = ofBias.MoveToOuterDisposeScope();
            gradient.add_(ofMapped.mm(parameters[layer]), Scalars.One);
            kept.Release(mix is not null, !ReferenceEquals(kept.Cross, input));
        }
        ofInput.add_(gradient, Scalars.One);
    }

    private static Tensor Cross(Tensor bias, Tensor input, Tensor cross, Tensor raised)
    {
        if (!IsHost(input))
        {
            return input.mul(raised.add_(bias, Scalars.One)).add_(cross, Scalars.One);
        }
        var crossed = empty_like(cross);
        CrossKernel.Forward(
            TorchRuntime.Floats(bias), TorchRuntime.Floats(input), TorchRuntime.Floats(cross), TorchRuntime.Floats(raised),
            TorchRuntime.Floats(crossed));
        return crossed;
    }

    /// <summary>The gradient of U m + b, which takes its place, and of b; that of the input is added.</summary>
    private static (Tensor OfRaised, Tensor OfBias) OfRaised(Tensor gradient, Tensor input, Tensor raised, Tensor ofInput)
    {
        if (!IsHost(input))
        {
            ofInput.addcmul_(gradient, raised, Scalars.One);
            raised.copy_(input).mul_(gradient);
            return (raised, raised.sum([0L]));
        }
        var ofBias = empty([input.size(1)]);
        CrossKernel.Backward(
            TorchRuntime.Floats(gradient), TorchRuntime.Floats(input), TorchRuntime.Floats(raised), TorchRuntime.Floats(ofInput),
            TorchRuntime.Floats(ofBias));
        return (raised, ofBias);
    }

    private static bool IsHost(Tensor tensor) => tensor.device.type == TorchSharp.DeviceType.CPU;

    /// <param name="Cross">(batch, input), before the layer.</param>
    /// <param name="Mapped">(batch, rank), V x, or three of it.</param>
    /// <param name="Mixed">(batch, rank).</param>
    /// <param name="Attention">Of <see cref="AttentionMix.Forward"/>.</param>
    /// <param name="Raised">(batch, input), U m + b.</param>
    private sealed record Kept(Tensor Cross, Tensor Mapped, Tensor Mixed, Tensor? Attention, Tensor Raised)
    {
        // At once, so that the layer before finds warm memory.
        public void Release(bool isMixed, bool ownsCross)
        {
            Raised.Dispose();
            Attention?.Dispose();
            Mapped.Dispose();
            if (isMixed)
            {
                Mixed.Dispose();
            }
            if (ownsCross)
            {
                Cross.Dispose();
            }
        }
    }
}
